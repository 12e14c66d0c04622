import { FolderOpen } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBookActions } from "../../app/use-book-actions";
import { useShortcut } from "../../app/use-shortcut";
import { comboOf } from "../../app/shortcuts";
import { Button } from "../../components/Button";
import { Select } from "../../components/Select";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./FirstRun.module.css";
import { MarginPicture, TierPicture } from "./pictures";

/** No book yet: the sample, an empty one, or a file. */
export function FirstRunScreen() {
  const { t } = useTranslation("first-run");
  const formats = useFormats();
  const actions = useBookActions();
  const status = useCommand("book_status", {}).data;
  useShortcut("primary", actions.openSample);
  const recent = actions.recent.filter((book) => book.present).slice(0, 4);

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t("title")}</h1>
        <p className={styles.lead}>{t("lead")}</p>
        <div className={styles.cards}>
          <Card picture={<MarginPicture />} title={t("sample.title")} text={t("sample.text")} marked>
            <Button kind="primary" size="large" keys={comboOf("primary")} onPress={actions.openSample}>
              {t("sample.action")}
            </Button>
          </Card>
          <Card
            picture={<TierPicture />}
            title={t("empty.title")}
            text={
              status &&
              t("empty.text", {
                date: formats.date(status.builtIn.seenOn),
                models: formats.quantity(String(status.builtIn.models)),
                providers: formats.quantity(String(status.builtIn.providers)),
              })
            }
          >
            <EmptyBook onCreate={(basics) => void actions.create(basics)} />
          </Card>
          <Card
            picture={
              <ul className={styles.recent}>
                {recent.map((book) => (
                  <li key={book.path}>
                    <Button kind="ghost" onPress={() => actions.openPath(book.path)}>
                      {book.name}
                    </Button>
                  </li>
                ))}
                {recent.length === 0 && <li className="dim">{t("open.none")}</li>}
              </ul>
            }
            title={t("open.title")}
            text={t("open.text")}
          >
            <Button size="large" icon={FolderOpen} onPress={() => void actions.open()}>
              {t("open.action")}
            </Button>
          </Card>
        </div>
        <ol className={styles.steps}>
          {(["prices", "markup", "usage", "invoice"] as const).map((step, at) => (
            <li key={step}>
              <span className={styles.number}>{at + 1}</span>
              <div>
                <p className="strong">{t(`step.${step}.title`)}</p>
                <p className="muted">{t(`step.${step}.text`)}</p>
              </div>
            </li>
          ))}
        </ol>
      </div>
    </main>
  );
}

interface CardProps {
  picture: ReactNode;
  title: string;
  text: ReactNode;
  marked?: boolean;
  children: ReactNode;
}

function Card({ picture, title, text, marked, children }: CardProps) {
  return (
    <section className={styles.card} data-marked={marked || undefined}>
      <div className={styles.picture}>{picture}</div>
      <div className={styles.words}>
        <h2 className={styles.cardTitle}>{title}</h2>
        <p className="muted">{text}</p>
        <div className={styles.action}>{children}</div>
      </div>
    </section>
  );
}

function EmptyBook({ onCreate }: { onCreate: (basics: { currency: string; country: string }) => void }) {
  const { t, i18n } = useTranslation("first-run");
  const choices = useCommand("choices", {}).data;
  const [currency, setCurrency] = useState("EUR");
  const [country, setCountry] = useState("DE");
  const names = new Intl.DisplayNames([i18n.language], { type: "region" });
  const countries = (choices?.countries ?? []).map((code) => ({ value: code, label: names.of(code) ?? code }));
  return (
    <>
      <div className={styles.choices}>
        <Select
          lead={t("empty.currency")}
          value={currency}
          onChange={setCurrency}
          options={(choices?.currencies ?? []).map((code) => ({ value: code, label: code }))}
        />
        <Select
          aria-label={t("empty.country")}
          value={country}
          onChange={setCountry}
          options={countries.toSorted((a, b) => a.label.localeCompare(b.label))}
        />
      </div>
      <Button size="large" onPress={() => onCreate({ currency, country })}>
        {t("empty.action")}
      </Button>
    </>
  );
}

import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBookActions } from "../../app/use-book-actions";
import { useShortcut } from "../../app/use-shortcut";
import { comboOf } from "../../app/shortcuts";
import { Button } from "../../components/Button";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import { BasicsFields, type Basics } from "./BasicsFields";
import { Card } from "./Card";
import styles from "./FirstRun.module.css";
import { ImportCard } from "./ImportCard";
import { NotOpenedNote } from "./NotOpenedNote";
import { MarginPicture, TierPicture } from "./pictures";

/** No book yet: the sample, an empty one, or a file. */
export function FirstRunScreen() {
  const { t } = useTranslation("first-run");
  const formats = useFormats();
  const actions = useBookActions();
  const status = useCommand("book_status", {}).data;
  const [basics, setBasics] = useState<Basics>({ currency: "EUR", country: "DE" });
  useShortcut("openRow", actions.openSample);
  const recent = actions.recent.filter((book) => book.present).slice(0, 4);

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t("title")}</h1>
        <p className={styles.lead}>{t("lead")}</p>
        {status?.notOpened && <NotOpenedNote notOpened={status.notOpened} actions={actions} />}
        <div className={styles.cards}>
          <Card picture={<MarginPicture />} title={t("sample.title")} text={t("sample.text")} marked>
            <Button kind="primary" size="large" keys={comboOf("openRow")} onPress={actions.openSample}>
              {t("sample.action")}
            </Button>
          </Card>
          <ImportCard basics={basics} />
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
            <BasicsFields basics={basics} onChange={setBasics} />
            <div className={styles.choices}>
              <Button size="large" onPress={() => void actions.create(basics)}>
                {t("empty.action")}
              </Button>
              <Button kind="ghost" size="large" icon={FolderOpen} onPress={() => void actions.open()}>
                {t("open.action")}
              </Button>
            </div>
          </Card>
        </div>
        {recent.length > 0 && (
          <nav className={styles.recent} aria-label={t("open.recent")}>
            <span className="muted">{t("open.recent")}</span>
            {recent.map((book) => (
              <Button key={book.path} kind="ghost" size="small" onPress={() => actions.openPath(book.path)}>
                {book.name}
              </Button>
            ))}
          </nav>
        )}
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

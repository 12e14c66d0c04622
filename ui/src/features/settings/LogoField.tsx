import { ImageUp, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { base64Of, logoFault } from "./model";
import styles from "./Settings.module.css";

interface LogoFieldProps {
  /** PNG as base64. */
  value: string | null;
  onChange: (value: string | null) => void;
  changed: boolean;
  error: string | null;
}

/** The logo of invoices: a PNG of at most 512 KiB, shown as it prints on white. */
export function LogoField({ value, onChange, changed, error }: LogoFieldProps) {
  const { t } = useTranslation(["settings", "errors"]);
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<"not_a_png" | "too_large" | null>(null);
  async function take(file: File | undefined) {
    if (!file) return;
    const wrong = logoFault(file);
    setFault(wrong);
    if (!wrong) onChange(base64Of(await dataUrl(file)));
  }
  const words = fault === "too_large" ? t("logo.tooLarge") : fault ? t("errors:issue.not_a_png") : error;
  return (
    <div className={styles.logo}>
      <div className={styles.logoPaper} data-changed={changed || undefined}>
        {value ? <img src={`data:image/png;base64,${value}`} alt={t("logo.alt")} /> : <span>{t("logo.none")}</span>}
      </div>
      <div className="col">
        <p className="medium">{t("logo.title")}</p>
        <p className="small dim">{t("logo.hint")}</p>
        <div className={styles.buttons}>
          <Button size="small" icon={ImageUp} onPress={() => input.current?.click()}>
            {t(value ? "logo.replace" : "logo.choose")}
          </Button>
          {value && (
            <Button
              size="small"
              kind="ghost"
              icon={Trash2}
              onPress={() => {
                setFault(null);
                onChange(null);
              }}
            >
              {t("logo.remove")}
            </Button>
          )}
        </div>
        {words && (
          <p className="small loss" role="alert">
            {words}
          </p>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/png"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t("logo.choose")}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // The same file can be chosen again.
          event.target.value = "";
        }}
      />
    </div>
  );
}

function dataUrl(file: File): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(String(reader.result)));
    reader.addEventListener("error", () => fail(reader.error ?? new Error("unreadable")));
    reader.readAsDataURL(file);
  });
}

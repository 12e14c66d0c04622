import { useTranslation } from "react-i18next";
import { ComboBox } from "../components/ComboBox";
import { FieldRow } from "../components/Form";
import { TextField } from "../components/TextField";
import type { EndpointText } from "../ipc/generated/types";
import { useCommand } from "../ipc/query";
import { issueAt } from "./issues";

/** No electronic address of its own: the e-mail address is one. */
const BY_MAIL = "mail";

interface EndpointFieldsProps {
  value: EndpointText;
  /** What is saved, to mark what differs. */
  saved?: EndpointText;
  onChange: (value: EndpointText) => void;
  /** Faults stand at `endpoint.…`. */
  error: unknown;
}

/** Where e-invoices reach a party: a scheme of the list EAS and an id in it. */
export function EndpointFields({ value, saved, onChange, error }: EndpointFieldsProps) {
  const { t, i18n } = useTranslation("einvoice");
  const codes = useCommand("choices", {}).data?.endpointSchemes ?? [];
  const named = (code: string) => (i18n.exists(`einvoice:scheme.${code}`) ? t(`scheme.${code}`) : t("otherScheme"));
  const options = codes.map((code) => ({ value: code, label: named(code), detail: code }));
  const known = value.scheme === "" || codes.includes(value.scheme);
  const all = [{ value: BY_MAIL, label: t("byMail") }, ...(known ? [] : [{ value: value.scheme, label: value.scheme }]), ...options];
  return (
    <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
      <ComboBox
        // The field looks up the name of its value when it starts, so it starts anew when the list comes.
        key={options.length}
        label={t("endpointScheme")}
        value={value.scheme === "" ? BY_MAIL : value.scheme}
        options={all}
        none={t("nothing")}
        onChange={(scheme) => onChange(scheme === BY_MAIL ? { scheme: "", id: "" } : { ...value, scheme })}
        error={issueAt(error, "endpoint.scheme")}
        changed={saved !== undefined && saved.scheme !== value.scheme}
      />
      <TextField
        label={t("endpointId")}
        value={value.id}
        onChange={(id) => onChange({ ...value, id })}
        placeholder={value.scheme === "" ? t("asMail") : undefined}
        isDisabled={value.scheme === "" && value.id === ""}
        error={issueAt(error, "endpoint.id")}
        changed={saved !== undefined && saved.id !== value.id}
      />
    </FieldRow>
  );
}

import { useTranslation } from "react-i18next";
import { ComboBox } from "../components/ComboBox";
import { FieldRow } from "../components/Form";
import { TextArea, TextField } from "../components/TextField";
import type { AddressText } from "../ipc/generated/types";
import { useCommand } from "../ipc/query";
import { countryName, currencyName, linesOf, localeName, namedCodes, zoneName, type NamedCode } from "../lib/names";
import { issueUnder } from "./issues";

interface CodeFieldProps {
  value: string;
  onChange: (value: string) => void;
  label?: string;
  hint?: string;
  error?: string | null;
  changed?: boolean;
}

export function CountryField({ label, ...rest }: CodeFieldProps) {
  const { t, i18n } = useTranslation("fields");
  const codes = useCommand("choices", {}).data?.countries ?? [];
  return <CodeField {...rest} label={label ?? t("country")} options={namedCodes(codes, countryName, i18n.language, rest.value)} />;
}

export function CurrencyField({ label, ...rest }: CodeFieldProps) {
  const { t, i18n } = useTranslation("fields");
  const codes = useCommand("choices", {}).data?.currencies ?? [];
  return <CodeField {...rest} label={label ?? t("currency")} options={namedCodes(codes, currencyName, i18n.language, rest.value)} />;
}

export function LocaleField({ label, ...rest }: CodeFieldProps) {
  const { t, i18n } = useTranslation("fields");
  const codes = useCommand("choices", {}).data?.locales ?? [];
  return <CodeField {...rest} label={label ?? t("locale")} options={namedCodes(codes, localeName, i18n.language, rest.value)} />;
}

export function ZoneField({ label, ...rest }: CodeFieldProps) {
  const { t, i18n } = useTranslation("fields");
  const codes = useCommand("choices", {}).data?.zones ?? [];
  return <CodeField {...rest} label={label ?? t("zone")} options={namedCodes(codes, zoneName, i18n.language, rest.value)} />;
}

function CodeField({ options, value, ...rest }: CodeFieldProps & { options: readonly NamedCode[] }) {
  const { t } = useTranslation("fields");
  return (
    <ComboBox
      {...rest}
      // The field looks up the name of its value when it starts, so it starts anew when the list comes.
      key={options.length}
      value={value === "" ? null : value}
      options={options}
      none={t("nothing")}
    />
  );
}

interface AddressFieldsProps {
  value: AddressText;
  /** What is saved, to mark what differs. */
  saved?: AddressText;
  onChange: (part: Partial<AddressText>) => void;
  /** Faults stand at `address.…`. */
  error: unknown;
}

/** A postal address; paths of faults as in the request. */
export function AddressFields({ value, saved, onChange, error }: AddressFieldsProps) {
  const { t } = useTranslation(["fields", "common"]);
  const at = (field: keyof AddressText) => issueUnder(error, `address.${field}`);
  const changed = (field: keyof AddressText) =>
    saved !== undefined && JSON.stringify(value[field]) !== JSON.stringify(saved[field]);
  return (
    <>
      <TextArea
        label={t("street")}
        rows={2}
        value={value.lines.join("\n")}
        onChange={(text) => onChange({ lines: linesOf(text) })}
        error={at("lines")}
        changed={changed("lines")}
      />
      <FieldRow columns="minmax(0, 120px) minmax(0, 1fr)">
        <TextField label={t("postcode")} value={value.postcode} onChange={(postcode) => onChange({ postcode })} error={at("postcode")} changed={changed("postcode")} />
        <TextField label={t("city")} value={value.city} onChange={(city) => onChange({ city })} error={at("city")} changed={changed("city")} />
      </FieldRow>
      <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
        <TextField label={t("region")} optional={t("common:optional")} value={value.region} onChange={(region) => onChange({ region })} error={at("region")} changed={changed("region")} />
        <CountryField value={value.country} onChange={(country) => onChange({ country })} error={at("country")} changed={changed("country")} />
      </FieldRow>
    </>
  );
}

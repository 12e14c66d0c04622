import { ChevronDown, ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { FieldRow } from "../../components/Form";
import { Segmented } from "../../components/Segmented";
import { Switch } from "../../components/Switch";
import type { DecimalString } from "../../lib/decimal";
import { hasTermFault } from "./faults";
import { NumberField } from "./NumberField";
import { countTerms, pricesQuantity, type CommitmentKind, type ConvertRound, type Terms } from "./price";
import type { ChargeFieldsProps } from "./fields";
import styles from "./Pricing.module.css";

/** What is agreed around the price: folded away while nothing is. */
export function TermsFields(props: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, error, path, inside } = props;
  const count = countTerms(charge);
  const [chosen, setOpen] = useState(count > 0);
  const isOpen = chosen || hasTermFault(error, path, charge, inside);
  return (
    <div className={styles.terms}>
      <Button
        kind="ghost"
        size="small"
        icon={isOpen ? ChevronDown : ChevronRight}
        className={styles.start}
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
      >
        {t("terms.title")}
        {count > 0 && <span className="muted">{t("terms.count", { count })}</span>}
      </Button>
      {isOpen && <AllTerms key={charge.model} {...props} />}
    </div>
  );
}

function AllTerms(props: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, currency } = props;
  const { included, minimum, maximum, discountPercent, discountAmount } = useTermFields(props);
  const measured = pricesQuantity(charge.model);
  return (
    <div className={styles.fields} role="group" aria-label={t("terms.title")}>
      {measured && charge.model !== "overage" && (
        <FieldRow columns="1fr 1fr">
          <NumberField {...included} hint={t("terms.includedHint")} />
        </FieldRow>
      )}
      <FieldRow columns="1fr 1fr">
        <NumberField {...minimum} unit={currency} />
        <NumberField {...maximum} unit={currency} />
      </FieldRow>
      <FieldRow columns="1fr 1fr">
        <NumberField {...discountPercent} unit="%" maxPlaces={10} />
        <NumberField {...discountAmount} unit={currency} />
      </FieldRow>
      {measured && <ConvertFields {...props} />}
      <CommitmentFields {...props} />
    </div>
  );
}

const PATHS = {
  included: "included",
  minimum: "minimum",
  maximum: "maximum",
  discountPercent: "discount.percent",
  discountAmount: "discount.amount",
  multiplyBy: "convert.multiply_by",
  divideBy: "convert.divide_by",
  places: "convert.places",
  commitmentSize: "commitment.amount",
  overageFactor: "commitment.overage_factor",
} as const;
type TermName = keyof typeof PATHS;

/** What each number of the terms hands to its field. */
function useTermFields(of: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = of;
  const field = (name: TermName) => ({
    of,
    at: PATHS[name],
    name,
    label: t(`terms.${name}`),
    value: charge.terms[name],
    onChange: (value: DecimalString | null) =>
      onEdit({ do: "charge", charge: charge.key, part: { terms: { ...charge.terms, [name]: value } } }),
  });
  const names = Object.keys(PATHS) as TermName[];
  return Object.fromEntries(names.map((name) => [name, field(name)])) as Record<TermName, ReturnType<typeof field>>;
}

function useSetTerms({ charge, onEdit }: ChargeFieldsProps) {
  return (part: Partial<Terms>) => onEdit({ do: "charge", charge: charge.key, part: { terms: { ...charge.terms, ...part } } });
}

function Group({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={title} className={styles.fields}>
      <p className="small">
        <span className="medium">{title}</span> <span className="muted">{hint}</span>
      </p>
      {children}
    </div>
  );
}

function ConvertFields(props: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { terms, key } = props.charge;
  const { multiplyBy, divideBy, places } = useTermFields(props);
  const set = useSetTerms(props);
  const rounds = (["none", "up", "down", "nearest"] as const).map((value: ConvertRound) => ({ value, label: t(`terms.round.${value}`) }));
  const round = (value: ConvertRound) => {
    if (value === "none") props.onEdit({ do: "problem", field: `${key}.places`, has: false });
    set({ round: value, places: value === "none" ? null : terms.places });
  };
  return (
    <Group title={t("terms.convert")} hint={t("terms.convertHint")}>
      <FieldRow columns="1fr 1fr">
        <NumberField {...multiplyBy} />
        <NumberField {...divideBy} />
      </FieldRow>
      <div className={styles.inline}>
        <Segmented label={t("terms.rounding")} segments={rounds} value={terms.round} onChange={round} />
        {terms.round !== "none" && <NumberField {...places} maxPlaces={0} className={styles.short} />}
      </div>
    </Group>
  );
}

function CommitmentFields(props: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, currency, onEdit } = props;
  const { terms } = charge;
  const { commitmentSize, overageFactor } = useTermFields(props);
  const set = useSetTerms(props);
  const kinds = (["none", "amount", "quantity"] as const)
    .filter((value) => value !== "quantity" || pricesQuantity(charge.model))
    .map((value: CommitmentKind) => ({ value, label: t(`terms.commit.${value}`) }));
  const choose = (commitment: CommitmentKind) => {
    for (const name of ["commitmentSize", "overageFactor"]) onEdit({ do: "problem", field: `${charge.key}.${name}`, has: false });
    set({ commitment, commitmentSize: null, ...(commitment === "none" ? { overageFactor: null, trueUp: false } : {}) });
  };
  return (
    <Group title={t("terms.commitment")} hint={t("terms.commitmentHint")}>
      <Segmented
        className={styles.start}
        label={t("terms.commitment")}
        segments={kinds}
        value={pricesQuantity(charge.model) || terms.commitment !== "quantity" ? terms.commitment : "none"}
        onChange={choose}
      />
      {terms.commitment !== "none" && kinds.some((kind) => kind.value === terms.commitment) && (
        <>
          <FieldRow columns="1fr 1fr">
            <NumberField
              {...commitmentSize}
              key={terms.commitment}
              at={`commitment.${terms.commitment}`}
              label={t(`terms.committed.${terms.commitment}`)}
              unit={terms.commitment === "amount" ? currency : undefined}
            />
            <NumberField {...overageFactor} hint={t("terms.overageFactorHint")} />
          </FieldRow>
          <Switch isSelected={terms.trueUp} onChange={(trueUp) => set({ trueUp })}>
            {t("terms.trueUp")}
          </Switch>
        </>
      )}
    </Group>
  );
}

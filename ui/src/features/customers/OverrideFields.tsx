import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ChangeFields } from "../../app/pricing/ChangeFields";
import { Button } from "../../components/Button";
import { FormSection } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import type { ChangeText, ChargeText } from "../../ipc/generated/types";

interface OverrideFieldsProps {
  overrides: readonly ChangeText[];
  /** Of the plan version. */
  charges: readonly ChargeText[];
  currency: string;
  error: unknown;
  /** Fields that hold something unreadable. */
  problems: readonly string[];
  onProblems: (problems: readonly string[]) => void;
  onChange: (overrides: ChangeText[]) => void;
}

/** What is agreed with this customer instead of what the plan says. */
export function OverrideFields({ overrides, charges, problems, onProblems, onChange, ...rest }: OverrideFieldsProps) {
  const { t } = useTranslation("customers");
  const free = charges.find((charge) => charge.kind !== "credit" && !overrides.some((one) => one.charge === charge.name));
  const remove = (index: number) => {
    // Fields are named by place: those after it move up.
    onProblems(problems.filter((field) => !field.startsWith("overrides[")));
    onChange(overrides.toSpliced(index, 1));
  };
  return (
    <FormSection title={t("agreed.title")}>
      {overrides.map((one, index) => (
        <ChangeFields
          key={one.charge}
          {...rest}
          value={one}
          charges={charges}
          path={`overrides[${index}]`}
          taken={overrides.filter((other) => other !== one).map((other) => other.charge)}
          problems={problems}
          onProblems={onProblems}
          onChange={(next) => onChange(overrides.toSpliced(index, 1, next))}
          end={<IconButton icon={Trash2} label={t("agreed.remove", { charge: one.charge })} onPress={() => remove(index)} />}
        />
      ))}
      {free && (
        <div>
          <Button size="small" icon={Plus} onPress={() => onChange([...overrides, { charge: free.name }])}>
            {t("agreed.add")}
          </Button>
        </div>
      )}
    </FormSection>
  );
}

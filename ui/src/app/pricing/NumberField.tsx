import { DecimalField, type DecimalFieldProps } from "../../components/DecimalField";
import { faultAt } from "./faults";
import type { ChargeFieldsProps } from "./fields";

interface NumberFieldProps extends Omit<DecimalFieldProps, "error" | "onProblem"> {
  of: ChargeFieldsProps;
  /** Its name in a price document: `tiers[1].up_to`. */
  at: string;
  /** Names the field among the unreadable ones; its name in the document unless said. */
  name?: string;
}

/** A number of a price, with its fault and with what is unreadable told to the plan. */
export function NumberField({ of, at, name = at, ...rest }: NumberFieldProps) {
  const { charge, error, path, onEdit } = of;
  return (
    <DecimalField
      maxPlaces={12}
      {...rest}
      liveError={of.isLive}
      error={faultAt(error, path, (of.inside ?? "") + at)}
      onProblem={(has) => onEdit({ do: "problem", field: `${charge.key}.${name}`, has })}
    />
  );
}

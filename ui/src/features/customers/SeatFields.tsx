import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import type { SeatText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";

interface SeatFieldsProps {
  seats: readonly SeatText[];
  /** First day of the subscription: the first seats count from it. */
  startsOn: string;
  error: unknown;
  onChange: (seats: SeatText[]) => void;
}

/** Seats, and the days from which there are more or fewer. */
export function SeatFields({ seats, startsOn, error, onChange }: SeatFieldsProps) {
  const { t } = useTranslation("customers");
  const change = (index: number, part: Partial<SeatText>) => onChange(seats.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const add = () => onChange([...seats, { from: seats.length === 0 ? startsOn : "", count: "1" as DecimalString }]);
  return (
    <>
      {seats.map((one, index) => (
        <FieldRow key={index} columns="minmax(0, 1fr) minmax(0, 1fr) auto">
          <DecimalField
            label={t("seats.count")}
            value={one.count}
            maxPlaces={0}
            onChange={(count) => change(index, { count: count ?? ("" as DecimalString) })}
            error={issueAt(error, `seats[${index}].count`)}
          />
          <DateField
            label={t("seats.from")}
            value={one.from === "" ? null : one.from}
            onChange={(from) => change(index, { from: from ?? "" })}
            error={issueAt(error, `seats[${index}].from`)}
          />
          <IconButton
            icon={Trash2}
            label={t("seats.remove", { number: index + 1 })}
            onPress={() => onChange(seats.filter((_, at) => at !== index))}
          />
        </FieldRow>
      ))}
      <div>
        <Button size="small" icon={Plus} onPress={add}>
          {t(seats.length === 0 ? "seats.add" : "seats.addChange")}
        </Button>
        {issueAt(error, "seats") && (
          <span role="alert" className="loss small">
            {issueAt(error, "seats")}
          </span>
        )}
      </div>
    </>
  );
}

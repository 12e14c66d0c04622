import { Archive, CirclePause } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../components/Avatar";
import { MarginBar } from "../../components/charts/Spark";
import { Money } from "../../components/Money";
import { Percent, Quantity } from "../../components/Quantity";
import type { Column } from "../../components/table/DataTable";
import { Tag } from "../../components/Tag";
import type { CustomerRow, MoneyText } from "../../ipc/generated/types";
import { countryName } from "../../lib/names";
import styles from "./Customers.module.css";

const figure = (money: MoneyText | null) => money && { figure: money.amount };

/** What the list says of a customer. */
export function useColumns(): Column<CustomerRow>[] {
  const { t, i18n } = useTranslation("customers");
  return [
    {
      id: "number",
      head: t("column.number"),
      width: "92px",
      sortBy: (row) => ({ text: row.number }),
      cell: (row) => <span className="id muted">{row.number}</span>,
    },
    {
      id: "name",
      head: t("column.name"),
      width: "minmax(210px, 2fr)",
      sortBy: (row) => ({ text: row.name }),
      cell: (row) => <Name row={row} />,
    },
    {
      id: "country",
      head: t("column.country"),
      width: "minmax(96px, 0.8fr)",
      sortBy: (row) => ({ text: countryName(row.country, i18n.language) }),
      cell: (row) => <span className="truncate">{countryName(row.country, i18n.language)}</span>,
    },
    {
      id: "plan",
      head: t("column.plan"),
      width: "minmax(96px, 1fr)",
      sortBy: (row) => (row.plan ? { text: row.plan } : null),
      cell: (row) => (row.plan ? <span className="truncate">{row.plan}</span> : <span className="pencil">{t("noPlan")}</span>),
    },
    {
      id: "requests",
      head: t("column.requests"),
      width: "92px",
      align: "end",
      firstDirection: "down",
      sortBy: (row) => ({ figure: String(row.requests) }),
      cell: (row) => <Quantity value={row.requests} />,
    },
    {
      id: "revenue",
      head: t("column.revenue"),
      width: "minmax(112px, 0.7fr)",
      align: "end",
      firstDirection: "down",
      sortBy: (row) => figure(row.revenue),
      cell: (row) => <Money value={row.revenue} className="medium" />,
    },
    {
      id: "cost",
      head: t("column.cost"),
      width: "minmax(112px, 0.7fr)",
      align: "end",
      firstDirection: "down",
      sortBy: (row) => figure(row.cost),
      cell: (row) => <Money value={row.cost} className="muted" />,
    },
    {
      id: "margin",
      head: t("column.margin"),
      width: "152px",
      align: "end",
      firstDirection: "up",
      sortBy: (row) => (row.margin === null ? null : { figure: row.margin }),
      cell: (row) => (
        <span className={styles.margin}>
          <Percent value={row.margin} lossWhenNegative />
          <span className={styles.marginBar}>{row.margin !== null && <MarginBar percent={row.margin} />}</span>
        </span>
      ),
    },
  ];
}

function Name({ row }: { row: CustomerRow }) {
  const { t } = useTranslation("customers");
  return (
    <span className={styles.name}>
      <Avatar name={row.name} />
      <span className="truncate medium">{row.name}</span>
      {row.held && (
        <Tag tone="pencil" icon={CirclePause}>
          {t("held")}
        </Tag>
      )}
      {row.archived && (
        <Tag tone="outline" icon={Archive}>
          {t("archived")}
        </Tag>
      )}
    </span>
  );
}

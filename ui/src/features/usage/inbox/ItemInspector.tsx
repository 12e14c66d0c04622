import { useTranslation } from "react-i18next";
import { Inspector, InspectorSection } from "../../../components/Inspector";
import { KeyValues } from "../../../components/Panel";
import { Quantity } from "../../../components/Quantity";
import type { InboxItem } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import { AssignCustomer } from "./AssignCustomer";
import { AssignModel } from "./AssignModel";
import { GoResolve } from "./GoResolve";
import styles from "./Inbox.module.css";
import { itemName } from "./model";
import { cause } from "./words";

/** One thing that waits, with the action that lets it through. */
export function ItemInspector({ item }: { item: InboxItem }) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  return (
    <Inspector title={itemName(item) || t("unnamed")} subtitle={t(`kind.${item.kind}`)}>
      <InspectorSection>
        <p className={styles.cause}>{cause(item)}</p>
        <KeyValues
          items={[
            { key: t("inbox.held"), value: <Quantity value={item.events} unit={t("eventsWord", { count: item.events })} /> },
            ...(item.since ? [{ key: t("inbox.first"), value: <span className="num">{formats.instant(item.since)}</span> }] : []),
          ]}
        />
      </InspectorSection>
      <InspectorSection title={t(`resolveTitle.${item.kind}`)}>
        <div id="resolve">
          <Resolve item={item} />
        </div>
      </InspectorSection>
    </Inspector>
  );
}

function Resolve({ item }: { item: InboxItem }) {
  if (item.kind === "unknown_customer") return <AssignCustomer item={item} />;
  if (item.kind === "unknown_model") return <AssignModel item={item} />;
  return <GoResolve item={item} />;
}

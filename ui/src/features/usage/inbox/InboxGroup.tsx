import { useEffect, useRef } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon";
import { Panel } from "../../../components/Panel";
import { Quantity } from "../../../components/Quantity";
import type { InboxItem } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import { itemKey, itemName, type KindGroup } from "./model";
import styles from "./Inbox.module.css";
import { cause, KIND_ICONS } from "./words";

export interface InboxGroupProps {
  group: KindGroup;
  at: string | undefined;
  onSelect: (key: string) => void;
}

/** The items of one kind under one heading. */
export function InboxGroup({ group, at, onSelect }: InboxGroupProps) {
  const { t } = useTranslation("usage");
  return (
    <Panel flush title={t(`kind.${group.kind}`)} aside={t(`kindHint.${group.kind}`)}>
      <ul>
        {group.items.map((item) => (
          <Item key={itemKey(item)} item={item} selected={itemKey(item) === at} onSelect={onSelect} />
        ))}
      </ul>
    </Panel>
  );
}

interface ItemProps {
  item: InboxItem;
  selected: boolean;
  onSelect: (key: string) => void;
}

function Item({ item, selected, onSelect }: ItemProps) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) line.current?.scrollIntoView?.({ block: "nearest" });
  }, [selected]);
  return (
    <li ref={line}>
      <AriaButton
        className={styles.item ?? ""}
        data-on={selected || undefined}
        aria-current={selected || undefined}
        onPress={() => onSelect(itemKey(item))}
      >
        <Icon icon={KIND_ICONS[item.kind]} className={item.kind === "conflict" ? "loss" : "pencil"} />
        <span className="col grow">
          <span className="medium truncate id">{itemName(item) || t("unnamed")}</span>
          <span className="small dim truncate">{cause(item)}</span>
        </span>
        <span className={styles.figures}>
          <Quantity value={item.events} unit={t("eventsWord", { count: item.events })} />
          {item.since && <span className="dim tiny num">{t("inbox.since", { at: formats.instant(item.since) })}</span>}
        </span>
      </AriaButton>
    </li>
  );
}

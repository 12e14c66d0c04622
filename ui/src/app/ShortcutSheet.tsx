import { useTranslation } from "react-i18next";
import { Keycap } from "../components/Keycap";
import { Sheet } from "../components/Sheet";
import { createStore, useStore } from "../lib/store";
import { shortcuts, type ShortcutGroup, type ShortcutId } from "./shortcuts";
import styles from "./ShortcutSheet.module.css";
import { useActiveShortcuts, useShortcut } from "./use-shortcut";

const open = createStore<{ withList: boolean } | null>(null);
const close = () => open.set(null);

/** Opens the sheet; lists hear their keys themselves, so it looks whether one is on screen. */
export function openShortcuts(): void {
  open.set({ withList: document.querySelector("[role=grid]") !== null });
}

const GROUPS: readonly ShortcutGroup[] = ["global", "go", "list", "draft", "grid"];
const ALWAYS: readonly ShortcutId[] = ["close"];
const LIST: readonly ShortcutId[] = ["nextRow", "previousRow", "openRow"];

/** All keys that work on this screen. */
export function ShortcutSheet() {
  const { t } = useTranslation(["shortcuts", "common"]);
  const opened = useStore(open);
  const active = useActiveShortcuts();
  useShortcut("help", openShortcuts);
  const ids = (Object.keys(shortcuts) as ShortcutId[]).filter(
    (id) => active.has(id) || ALWAYS.includes(id) || (opened?.withList && LIST.includes(id)),
  );
  return (
    <Sheet
      isOpen={opened !== null}
      onClose={close}
      title={t("title")}
      closeLabel={t("common:close")}
      width={420}
    >
      {GROUPS.map((group) => {
        const inGroup = ids.filter((id) => shortcuts[id].group === group);
        if (inGroup.length === 0) return null;
        return (
          <section key={group} className={styles.group}>
            <h3 className={styles.title}>{t(`group.${group}`)}</h3>
            <dl>
              {inGroup.map((id) => (
                <div key={id} className={styles.line}>
                  <dt>{t(id)}</dt>
                  <dd>
                    <Keycap combo={shortcuts[id].combo} />
                    <span className="visually-hidden">{shortcuts[id].combo}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </Sheet>
  );
}

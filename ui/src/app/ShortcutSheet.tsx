import { useTranslation } from "react-i18next";
import { Keycap } from "../components/Keycap";
import { Sheet } from "../components/Sheet";
import { createStore, useStore } from "../lib/store";
import { shortcuts, type ShortcutGroup, type ShortcutId } from "./shortcuts";
import styles from "./ShortcutSheet.module.css";
import { useActiveShortcuts, useShortcut } from "./use-shortcut";

const open = createStore(false);
export const openShortcuts = () => open.set(true);

const GROUPS: readonly ShortcutGroup[] = ["global", "go", "list", "grid"];
/** Keys of parts that hear them themselves: palette, lists, sheets. */
const ALWAYS: readonly ShortcutId[] = ["close"];

/** All keys that work on this screen. */
export function ShortcutSheet() {
  const { t } = useTranslation(["shortcuts", "common"]);
  const isOpen = useStore(open);
  const active = useActiveShortcuts();
  useShortcut("help", openShortcuts);
  const ids = (Object.keys(shortcuts) as ShortcutId[]).filter(
    (id) => active.has(id) || ALWAYS.includes(id),
  );
  return (
    <Sheet
      isOpen={isOpen}
      onClose={() => open.set(false)}
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

import { Link } from "@tanstack/react-router";
import { ChevronRight, PanelRight } from "lucide-react";
import { Fragment, useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { Icon, type LucideIcon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Sheet } from "../components/Sheet";
import { setPreferences, usePreferences } from "../lib/preferences";
import { INSPECTOR_SHEET, useMedia } from "../lib/use-media";
import styles from "./Screen.module.css";
import { comboOf } from "./shortcuts";
import { useShortcut } from "./use-shortcut";

export interface PrimaryAction {
  label: string;
  icon?: LucideIcon;
  /** Pencil where the action reviews or stages, ink (primary) everywhere else. */
  kind?: "primary" | "pencil";
  isDisabled?: boolean;
  /** Shows Ctrl Enter on the button; the key works either way. */
  showKeys?: boolean;
  onPress: () => void;
}

export interface ScreenProps {
  title: ReactNode;
  /** Places above this one. */
  crumbs?: readonly { label: string; to: string; params?: Record<string, string> }[];
  /** Beside the title: a state, a select of what is shown. */
  tag?: ReactNode;
  /** One quiet sentence after the title. */
  note?: ReactNode;
  /** Buttons before the primary one. */
  actions?: ReactNode;
  primary?: PrimaryAction;
  /** A row under the top bar: filters and view switches. */
  toolbar?: ReactNode;
  /** The panel on the right; absent or null hides it. */
  inspector?: ReactNode;
  /** What the inspector shows: a new value opens the sheet of a narrow window. */
  inspectorKey?: string | null;
  inspectorTitle?: string;
  /** True for screens that fill the space themselves (grids, split views): no padding, no scroll. */
  fill?: boolean;
  children: ReactNode;
}

/** Top bar, toolbar, content and inspector of one screen. Every screen is one of these. */
export function Screen(props: ScreenProps) {
  const { toolbar, inspector, fill, children } = props;
  const { inspector: wanted } = usePreferences();
  const narrow = useMedia(INSPECTOR_SHEET);
  const [sheetKey, setSheetKey] = useState<string | null>(null);
  const key = props.inspectorKey ?? null;
  const [seenKey, setSeenKey] = useState(key);
  if (key !== seenKey) {
    setSeenKey(key);
    setSheetKey(key);
  }
  const aside = useRef<HTMLElement>(null);
  // Something else is explained: from its beginning.
  useEffect(() => {
    if (aside.current) aside.current.scrollTop = 0;
  }, [key]);
  const toggle = () => {
    if (narrow) setSheetKey(sheetKey === null ? (key ?? "") : null);
    else setPreferences({ inspector: !wanted });
  };
  useShortcut("inspector", toggle, { enabled: Boolean(inspector) });
  return (
    <div className={styles.screen}>
      <TopBar {...props} inspectorOn={!narrow && wanted} onInspector={inspector ? toggle : null} />
      {toolbar && <div className={styles.toolbar}>{toolbar}</div>}
      <div className={styles.body}>
        <main id="content" tabIndex={-1} className={styles.content} data-fill={fill || undefined}>
          {children}
        </main>
        {inspector && !narrow && wanted && <aside ref={aside} className={styles.inspector}>{inspector}</aside>}
      </div>
      {inspector && narrow && (
        <InspectorSheet
          isOpen={sheetKey !== null}
          onClose={() => setSheetKey(null)}
          title={props.inspectorTitle}
        >
          {inspector}
        </InspectorSheet>
      )}
    </div>
  );
}

interface SheetPart {
  isOpen: boolean;
  onClose: () => void;
  title: string | undefined;
  children: ReactNode;
}

function InspectorSheet({ isOpen, onClose, title, children }: SheetPart) {
  const { t } = useTranslation(["frame", "common"]);
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={title ?? t("inspector")}
      closeLabel={t("common:close")}
      width={400}
      flush
    >
      {children}
    </Sheet>
  );
}

interface TopBarProps extends ScreenProps {
  inspectorOn: boolean;
  onInspector: (() => void) | null;
}

function TopBar({ title, crumbs = [], tag, note, actions, primary, inspectorOn, onInspector }: TopBarProps) {
  const { t } = useTranslation("frame");
  const press = () => primary?.onPress();
  useShortcut("primary", press, { enabled: Boolean(primary) && !primary?.isDisabled });
  return (
    <header className={styles.top}>
      <div className={styles.place}>
        {crumbs.map((crumb) => (
          <Fragment key={crumb.label}>
            <Link to={crumb.to} params={crumb.params} className={styles.crumb}>
              {crumb.label}
            </Link>
            <Icon icon={ChevronRight} size="s" className={styles.chevron} />
          </Fragment>
        ))}
        <h1 className={styles.title}>{title}</h1>
        {tag}
        {note && <span className={styles.note}>{note}</span>}
      </div>
      {actions}
      {onInspector && (
        <IconButton
          icon={PanelRight}
          label={t("inspector")}
          keys={comboOf("inspector")}
          on={inspectorOn}
          onPress={onInspector}
        />
      )}
      {primary && (
        <Button
          kind={primary.kind ?? "primary"}
          icon={primary.icon}
          keys={primary.showKeys ? comboOf("primary") : undefined}
          isDisabled={primary.isDisabled}
          onPress={press}
        >
          {primary.label}
        </Button>
      )}
    </header>
  );
}

/** A thin upright line between groups of buttons in the top bar or toolbar. */
export function BarDivider() {
  return <span className={styles.divider} aria-hidden />;
}

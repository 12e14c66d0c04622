import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./IconButton";
import styles from "./Sheet.module.css";

export interface SheetProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Beside the title, e.g. a Tag. */
  tag?: ReactNode;
  /** At the right of the head, before the cross. */
  actions?: ReactNode;
  /** Stays at the bottom while the body scrolls. */
  footer?: ReactNode;
  /** Words of the cross; pass `t("common:close")`. */
  closeLabel: string;
  width?: number;
  /** Without padding, for tables. */
  flush?: boolean;
  children: ReactNode;
}

/** A panel that slides in from the right: for review and for forms. Esc closes it. */
export function Sheet({
  isOpen,
  onClose,
  title,
  tag,
  actions,
  footer,
  closeLabel,
  width = 560,
  flush,
  children,
}: SheetProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={styles.scrim}
      data-modal
    >
      <Modal className={styles.sheet} style={{ width }}>
        <AriaDialog className={styles.dialog}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title}>
              {title}
            </Heading>
            {tag}
            <span className="grow" />
            {actions}
            <IconButton icon={X} label={closeLabel} onPress={onClose} />
          </header>
          <div className={styles.body} data-flush={flush || undefined}>
            {children}
          </div>
          {footer && <footer className={styles.foot}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import styles from "./Dialog.module.css";

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** The buttons, the safe one first. */
  footer: ReactNode;
  /** For questions whose wrong answer cannot be undone. */
  alert?: boolean;
  width?: number;
  children: ReactNode;
}

/** A dialog in the middle: only for what cannot be undone. Everything else is a Sheet. */
export function Dialog({ isOpen, onClose, title, footer, alert, width = 440, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      className={styles.scrim}
      data-modal
    >
      <Modal className={styles.modal} style={{ width }}>
        <AriaDialog role={alert ? "alertdialog" : "dialog"} className={styles.dialog}>
          <Heading slot="title" className={styles.title}>
            {title}
          </Heading>
          <div className={styles.body}>{children}</div>
          <footer className={styles.foot}>{footer}</footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

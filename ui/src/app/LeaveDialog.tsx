import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";

interface LeaveDialogProps {
  isOpen: boolean;
  onStay: () => void;
  onDiscard: () => void;
}

/** Asks before something typed would be lost. */
export function LeaveDialog({ isOpen, onStay, onDiscard }: LeaveDialogProps) {
  const { t } = useTranslation("fields");
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onStay}
      alert
      title={t("leave.title")}
      footer={
        <>
          <Button onPress={onStay}>{t("leave.stay")}</Button>
          <Button kind="danger" onPress={onDiscard}>
            {t("leave.discard")}
          </Button>
        </>
      }
    >
      <p>{t("leave.text")}</p>
    </Dialog>
  );
}

import { Globe } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { DropZone } from "../../../components/DropZone";
import { Panel } from "../../../components/Panel";
import { TextField } from "../../../components/TextField";
import styles from "./Tables.module.css";

interface ChoosePlaceProps {
  onChoose: () => void;
  onPlace: (place: string) => void;
}

const noDrops = () => () => undefined;
const isAddress = (text: string) => /^https?:\/\/\S+$/i.test(text.trim());

/** A file, or an address that is asked once, now. */
export function ChoosePlace({ onChoose, onPlace }: ChoosePlaceProps) {
  const { t } = useTranslation("price-book");
  const [address, setAddress] = useState("");
  const [error, setError] = useState<string | null>(null);
  function ask() {
    if (isAddress(address)) onPlace(address.trim());
    else setError(t("import.notAnAddress"));
  }
  return (
    <div className={styles.choose}>
      <DropZone title={t("import.fromFile")} choose={t("import.chooseFile")} hint={t("import.formats")} source={noDrops} onChoose={onChoose} onDrop={() => undefined} />
      <Panel title={t("import.fromAddress")}>
        <form
          className={styles.address}
          onSubmit={(event) => {
            event.preventDefault();
            ask();
          }}
        >
          <TextField
            label={t("import.address")}
            placeholder={t("import.addressExample")}
            hint={t("import.addressHint")}
            error={error}
            value={address}
            onChange={(text) => {
              setAddress(text);
              setError(null);
            }}
            className="grow"
          />
          <Button icon={Globe} type="submit" isDisabled={address.trim() === ""}>
            {t("import.ask")}
          </Button>
        </form>
      </Panel>
    </div>
  );
}

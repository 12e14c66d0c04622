import { useNavigate } from "@tanstack/react-router";
import { CircleDashed, Clock, Inbox, UserX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { BarDivider } from "../../../app/Screen";
import { Button } from "../../../components/Button";
import { Tag } from "../../../components/Tag";
import { useCommand } from "../../../ipc/query";
import { useFormats } from "../../../lib/use-formats";
import { PILES, pileCounts, type Pile } from "./model";

const ICONS = { unpriced: CircleDashed, unmapped: UserX, late: Clock, other: Inbox };

/** One button per pile of the inbox that holds something. */
export function InboxButtons() {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const navigate = useNavigate();
  const items = useCommand("inbox_list", {}).data?.items;
  if (!items || items.length === 0) return null;
  const counts = pileCounts(items);
  const open = (show: Pile) => void navigate({ to: "/usage/inbox", search: { show } });
  return (
    <>
      {PILES.filter((pile) => counts[pile] > 0).map((pile) => (
        <Button key={pile} icon={ICONS[pile]} onPress={() => open(pile)}>
          {t(`pile.${pile}`)}
          <Tag tone={pile === "late" || pile === "other" ? "ink" : "pencil"}>
            {formats.quantity(String(counts[pile]))}
          </Tag>
        </Button>
      ))}
      <BarDivider />
    </>
  );
}

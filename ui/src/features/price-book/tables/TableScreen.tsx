import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { FileDown, FolderOpen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { Screen } from "../../../app/Screen";
import { useShortcut } from "../../../app/use-shortcut";
import { Button } from "../../../components/Button";
import { ErrorState, Skeleton } from "../../../components/States";
import { host } from "../../../ipc/host";
import { Changes } from "./Changes";
import { ChoosePlace } from "./ChoosePlace";
import { Issues } from "./Issues";
import { ListColumns } from "./ListColumns";
import { TableReport } from "./TableReport";
import { useTable } from "./use-table";

const route = getRouteApi("/prices/import");

/** A price table from a file or an address: what it would change, line by line, then taking it. */
export function TableScreen() {
  const { t } = useTranslation("price-book");
  const { place } = route.useSearch();
  const navigate = useNavigate();
  const open = (next: string | undefined) => void navigate({ to: "/prices/import", search: next ? { place: next } : {} });
  async function choose() {
    const [path] = await host().openFiles({
      title: t("import.choose"),
      filters: [
        { name: t("import.files"), extensions: ["json", "csv", "tsv", "txt", "xlsx"] },
        { name: t("import.anyFile"), extensions: ["*"] },
      ],
    });
    if (path) open(path);
  }
  if (place) return <OneTable key={place} place={place} onChoose={() => void choose()} onBack={() => open(undefined)} />;
  return (
    <Screen title={t("import.action")} crumbs={[{ label: t("title"), to: "/prices" }]} primary={{ label: t("import.chooseFile"), icon: FolderOpen, onPress: () => void choose() }}>
      <ChoosePlace onChoose={() => void choose()} onPlace={open} />
    </Screen>
  );
}

interface OneTableProps {
  place: string;
  onChoose: () => void;
  onBack: () => void;
}

function OneTable({ place, onChoose, onBack }: OneTableProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const table = useTable(place, onBack);
  const [showsColumns, setShowsColumns] = useState(false);
  useShortcut("close", onBack);
  const { preview, taken, report } = table;
  const ticked = taken?.kinds.reduce((sum, kind) => sum + kind.taken, 0) ?? 0;
  const isList = preview?.mapping != null;
  return (
    <Screen
      title={t("import.action")}
      crumbs={[{ label: t("title"), to: "/prices" }]}
      note={preview?.name ?? place}
      fill
      actions={
        <>
          {isList && preview.token !== null && !report && (
            <Button onPress={() => setShowsColumns(!showsColumns)}>{t(showsColumns ? "import.showLines" : "import.showColumns")}</Button>
          )}
          <Button icon={FolderOpen} onPress={onChoose}>
            {t("import.other")}
          </Button>
        </>
      }
      primary={
        report
          ? undefined
          : {
              label: t("import.take", { count: ticked }),
              icon: FileDown,
              isDisabled: table.busy || ticked === 0 || preview?.token == null,
              showKeys: true,
              onPress: () => void table.run(),
            }
      }
    >
      {table.error ? (
        <ErrorState
          title={errorText(table.error).text}
          detail={errorText(table.error).detail}
          action={
            <>
              <Button onPress={table.again}>{t("common:again")}</Button>
              <Button onPress={onBack}>{t("import.other")}</Button>
            </>
          }
        />
      ) : !preview || !taken ? (
        <Skeleton rows={10} height={32} />
      ) : preview.token === null && !isList ? (
        <ErrorState title={t("import.unreadable", { detail: preview.problem })} detail={<Issues issues={preview.issues} count={preview.issueCount} />} action={<Button onPress={onBack}>{t("import.other")}</Button>} />
      ) : report ? (
        <TableReport reply={report} />
      ) : isList && preview.mapping && (preview.token === null || showsColumns) ? (
        <ListColumns preview={preview} mapping={preview.mapping} busy={table.busy} onMapping={table.map} />
      ) : (
        <Changes preview={preview} taken={taken} onTake={table.take} />
      )}
    </Screen>
  );
}

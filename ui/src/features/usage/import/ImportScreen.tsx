import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { FolderOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Screen } from "../../../app/Screen";
import { host } from "../../../ipc/host";
import { ChooseFile } from "./ChooseFile";
import { FileImport } from "./FileImport";
import { ImportSteps } from "./ImportSteps";
import { ReportView } from "./ReportView";

const route = getRouteApi("/usage/import");

/** Import of usage or of a price table: file, columns, check, report. */
export function ImportScreen() {
  const { t } = useTranslation("usage");
  const search = route.useSearch();
  const navigate = useNavigate();
  const open = (path: string) => void navigate({ to: "/usage/import", search: { path } });
  async function choose() {
    const [path] = await host().openFiles({
      title: t("import.choose"),
      filters: [
        { name: t("import.files"), extensions: ["csv", "tsv", "txt", "json", "jsonl", "ndjson"] },
        { name: t("import.anyFile"), extensions: ["*"] },
      ],
    });
    if (path) open(path);
  }
  const showReport = (report: string) => void navigate({ to: "/usage/import", search: { report } });
  const back = () => void navigate({ to: "/usage/import", search: {} });

  if (search.path) {
    return <FileImport key={search.path} path={search.path} onChoose={() => void choose()} onDone={showReport} onBack={back} />;
  }
  return (
    <Screen
      title={t("import.title")}
      crumbs={[{ label: t("title"), to: "/usage" }]}
      tag={<ImportSteps current={search.report ? 2 : 0} />}
      primary={{ label: t("import.choose"), icon: FolderOpen, onPress: () => void choose() }}
    >
      {search.report ? (
        <ReportView id={search.report} onBack={back} />
      ) : (
        <ChooseFile onChoose={() => void choose()} onOpen={showReport} />
      )}
    </Screen>
  );
}

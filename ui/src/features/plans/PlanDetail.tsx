import { useNavigate } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Ellipsis, FileText, PencilLine } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Menu, MenuItem } from "../../components/Menu";
import type { MeterText, PlanSaveRequest, PlanText } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { archiveRequest, draftOf, isPublished, readDraft, saveRequest, shownVersion, type PlanDraft, type PlansSearch } from "./model";
import { PlanEditor } from "./PlanEditor";
import { StateTag } from "./PlanList";
import styles from "./Plans.module.css";
import { PlanView } from "./PlanView";
import { newestPublished, PublishedContext } from "./published";
import { PublishDialog } from "./PublishDialog";
import { useExport } from "./use-plan-text";
import { VersionPicker } from "./VersionPicker";

interface PlanDetailProps {
  plan: PlanText;
  search: PlansSearch;
  /** Of the book, for a new plan. */
  currency: string;
  meters: readonly MeterText[];
  isDirty: boolean;
  onDirty: (isDirty: boolean) => void;
}

/** One plan: its draft to edit, its published versions to read. */
export function PlanDetail({ plan, search, currency, meters, isDirty, onDirty }: PlanDetailProps) {
  const { t } = useTranslation(["plans", "common"]);
  const navigate = useNavigate();
  const [publishing, setPublishing] = useState(false);
  // Each save and each Discard starts the editor anew from what is saved.
  const [round, setRound] = useState(0);
  const { saving, send } = useSavePlan();
  const version = shownVersion(plan, search.version);
  const draft = draftOf(plan);
  const isNew = plan.id === "";
  const fromPublished = Boolean(search.edit) && draft === null;
  const edits = version === null || !isPublished(version) || fromPublished;
  const show = (part: PlansSearch) => void navigate({ to: "/plans", search: { plan: plan.id, ...part } });
  const start = readDraft(plan, version, currency);
  const save = (now: PlanDraft) =>
    send(saveRequest(plan, start, now), t("saved", { name: now.name }), (id) => {
      setRound((before) => before + 1);
      void navigate({ to: "/plans", search: { plan: id }, replace: true, ignoreBlocker: true });
    });
  const revert = () => {
    saving.reset();
    setRound((before) => before + 1);
    if (isNew || fromPublished) void navigate({ to: "/plans", search: isNew ? {} : { plan: plan.id }, ignoreBlocker: true });
  };
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2 className={`${styles.title} truncate`}>{isNew ? t("new") : plan.name}</h2>
        {!isNew && <StateTag plan={plan} />}
        <span className="grow" />
        {version && !fromPublished && <VersionPicker plan={plan} value={version.id} onChange={(id) => show({ version: id })} />}
        {version && !edits && (
          <Button icon={PencilLine} onPress={() => show(draft ? { version: draft.id } : { version: version.id, edit: true })}>
            {t(draft ? "action.editDraft" : "action.newDraft")}
          </Button>
        )}
        {draft && version?.id === draft.id && (
          <Button isDisabled={isDirty} onPress={() => setPublishing(true)}>
            {t("action.publish")}
          </Button>
        )}
        {!isNew && !isDirty && <PlanMenu plan={plan} />}
      </header>
      {edits ? (
        <PublishedContext value={newestPublished(plan)}>
          <PlanEditor
            key={`${round} ${fromPublished} ${JSON.stringify(start)}`}
            plan={plan}
            start={start}
            isNew={isNew}
            meters={meters}
            error={saving.error}
            isPending={saving.isPending}
            onForget={saving.reset}
            onSave={save}
            onRevert={revert}
            onDirty={onDirty}
          />
        </PublishedContext>
      ) : (
        <PlanView plan={plan} version={version} meters={meters} />
      )}
      {publishing && draft && <PublishDialog plan={plan} draft={draft} onClose={() => setPublishing(false)} />}
    </div>
  );
}

/** Saves a plan and offers to take it back. */
function useSavePlan() {
  const { t } = useTranslation("common");
  const { undo } = useUndo();
  const saving = useMutation("plan_save");
  const send = (request: PlanSaveRequest, text: string, then?: (id: string) => void) =>
    saving.mutate(request, {
      // Faults of the editor stand at their fields; without one nothing would show them.
      onError: (error) => !then && showError(error),
      onSuccess({ id }) {
        showToast({ text, tone: "gain", action: { label: t("undo"), run: undo } });
        then?.(id);
      },
    });
  return { saving, send };
}

function PlanMenu({ plan }: { plan: PlanText }) {
  const { t } = useTranslation("plans");
  const { send } = useSavePlan();
  const exportText = useExport(plan);
  const archive = () =>
    send(archiveRequest(plan, !plan.archived), t(plan.archived ? "restoredNow" : "archivedNow", { name: plan.name }));
  return (
    <Menu label={t("action.more")} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={t("action.more")} />}>
      <MenuItem icon={FileText} onAction={exportText}>
        {t("text.export")}
      </MenuItem>
      <MenuItem icon={plan.archived ? ArchiveRestore : Archive} onAction={archive}>
        {t(plan.archived ? "action.restore" : "action.archive")}
      </MenuItem>
    </Menu>
  );
}

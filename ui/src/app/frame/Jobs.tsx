import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProgressCard } from "../../components/ProgressCard";
import { useFormats } from "../../lib/use-formats";
import { useRunningJobs, type RunningJob } from "../jobs";
import styles from "./Jobs.module.css";

/** Cards of the jobs that run: from 400 ms on, with cancel from one second on. */
export function Jobs() {
  const jobs = useRunningJobs();
  return (
    <div className={styles.stack}>
      {jobs.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
    </div>
  );
}

function useAge(startedAt: number): number {
  const [age, setAge] = useState(() => performance.now() - startedAt);
  useEffect(() => {
    const timer = setInterval(() => setAge(performance.now() - startedAt), 200);
    return () => clearInterval(timer);
  }, [startedAt]);
  return age;
}

function JobCard({ job }: { job: RunningJob }) {
  const { t } = useTranslation(["common", "jobs"]);
  const formats = useFormats();
  const age = useAge(job.startedAt);
  if (age < 400) return null;
  const { progress } = job;
  const count = progress && {
    done: formats.quantity(String(progress.done)),
    total: progress.total === null ? null : formats.quantity(String(progress.total)),
  };
  return (
    <ProgressCard
      title={job.title}
      value={progress?.total ? progress.done / progress.total : null}
      stage={progress ? t(`jobs:stage.${progress.stage}`, { defaultValue: progress.stage }) : null}
      count={count && (count.total ? t("doneOf", { ...count }) : count.done)}
      note={job.cancelling ? t("cancelling") : job.note}
      cancel={job.cancel && age > 1000 ? { label: t("cancel"), run: job.cancel } : null}
    />
  );
}

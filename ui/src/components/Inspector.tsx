import { Copy } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "../lib/cx";
import { IconButton } from "./IconButton";
import styles from "./Inspector.module.css";

export interface InspectorProps {
  title: ReactNode;
  /** Quiet words after the title. */
  subtitle?: ReactNode;
  /** At the end of the head, e.g. a Tag. */
  tag?: ReactNode;
  /** Under the title: the figure in question, large. */
  head?: ReactNode;
  children: ReactNode;
}

/** The panel that answers "why?". Put InspectorSection and ExplanationChain inside. */
export function Inspector({ title, subtitle, tag, head, children }: InspectorProps) {
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <div className="row between">
          <h2 className={cx(styles.title, "truncate")}>
            {title} {subtitle && <span className={styles.subtitle}>{subtitle}</span>}
          </h2>
          {tag}
        </div>
        {head}
      </header>
      {children}
    </div>
  );
}

export interface InspectorSectionProps {
  title?: ReactNode;
  aside?: ReactNode;
  /** Pencil for what is staged. */
  tone?: "plain" | "pencil";
  children: ReactNode;
}

export function InspectorSection({ title, aside, tone, children }: InspectorSectionProps) {
  return (
    <section className={styles.section} data-tone={tone}>
      {title && (
        <header className={styles.sectionHead}>
          <h3 className={styles.sectionTitle}>{title}</h3>
          {aside && <span className="muted">{aside}</span>}
        </header>
      )}
      {children}
    </section>
  );
}

export interface Step {
  /** `Provider price`. */
  title: string;
  /** The figure of the step, drawn at the end. */
  figure?: ReactNode;
  /** The same figure as text, for copying. */
  figureText?: string;
  /** Source, date, formula: one line. */
  source?: string;
  /** Rules that lost against this one, struck through. */
  overruled?: string;
  /** Between the title and the source, e.g. a BarSpark of the days. */
  extra?: ReactNode;
  tone?: "plain" | "pencil" | "result";
  /** How deep inside an earlier step it stands, such as that of a part or of what was rated before. */
  depth?: number;
}

export interface ExplanationChainProps {
  steps: readonly Step[];
  title?: string;
}

/** Deeper steps stand as deep as these: the panel is narrow. */
const DEEPEST = 3;

/** The walk from the events to the rounded amount: always this order, always copyable. */
export function ExplanationChain({ steps, title }: ExplanationChainProps) {
  const { t } = useTranslation("common");
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(explanationText(steps));
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  }
  return (
    <InspectorSection
      title={title ?? t("explain")}
      aside={
        <IconButton
          icon={Copy}
          size="small"
          label={copied ? t("copied") : t("copyExplanation")}
          onPress={() => void copy()}
        />
      }
    >
      <ol className={cx(styles.chain, "selectable")}>
        {steps.map((step, index) => (
          <li key={index} className={styles.step} data-tone={step.tone} data-depth={step.depth ? Math.min(step.depth, DEEPEST) : undefined}>
            <div className={styles.line}>
              <span className="medium">{step.title}</span>
              <span className={cx(styles.figure, "num")}>{step.figure}</span>
            </div>
            {step.extra}
            {step.source && <p className={styles.source}>{step.source}</p>}
            {step.overruled && <p className={cx(styles.source, "struck")}>{step.overruled}</p>}
          </li>
        ))}
      </ol>
      <span className="visually-hidden" role="status">
        {copied && t("copied")}
      </span>
    </InspectorSection>
  );
}

/** The chain as lines of text, for the clipboard. */
export function explanationText(steps: readonly Step[]): string {
  return steps
    .map((step) => "  ".repeat(step.depth ?? 0) + [step.title, step.figureText, step.source].filter(Boolean).join("\t"))
    .join("\n");
}

export interface SplitBarProps {
  /** Shares in percent, drawn in order; the rest is left empty. */
  parts: readonly { label: string; share: number; color: "cost" | "margin" | "loss" | "revenue" }[];
  label: string;
}

/** One bar cut into cost and margin, with its words inside. */
export function SplitBar({ parts, label }: SplitBarProps) {
  return (
    <div className={styles.split} role="img" aria-label={label}>
      {parts.map((part) => (
        <span key={part.label} style={{ flexBasis: `${part.share}%` }} data-color={part.color}>
          {part.label}
        </span>
      ))}
    </div>
  );
}

import type { CSSProperties } from "react";
import { Button } from "react-aria-components";
import type { InvoiceLineText } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./Invoices.module.css";
import { codePath, fontOf, type Item, type Pages, type Spot, type TextItem } from "./pages";
import { lineSubtitle, lineTitle } from "./words";

export interface PaperProps {
  pages: Pages;
  page: number;
  /** In pixels. */
  width: number;
  spots: readonly Spot[];
  lines: readonly InvoiceLineText[];
  selected: number | null;
  onLine: (line: number) => void;
  /** PNG as base64. */
  logo: string | null;
  label: string;
}

/** The mark of the selected line: the paper is light in every theme, so its blue is too. */
const MARK = { "--paper-mark": "#2b4fd0" } as CSSProperties;

/** One sheet, drawn from the same layout as the PDF; ink on white whatever the theme. */
export function Paper({ pages, page, width, spots, lines, selected, onLine, logo, label }: PaperProps) {
  const { sheet } = pages;
  const share = (length: number, of: number) => `${(length / of) * 100}%`;
  return (
    <div className={styles.paper} style={{ ...MARK, width, height: (width * sheet.height) / sheet.width }}>
      <svg viewBox={`0 0 ${pt(sheet.width)} ${pt(sheet.height)}`} role="img" aria-label={label}>
        <rect width={pt(sheet.width)} height={pt(sheet.height)} fill="#fff" />
        {pages.pages[page]?.items.map((item, index) => <Drawn key={index} item={item} logo={logo} />)}
      </svg>
      {spots.map((spot) => {
        const line = lines.find((one) => one.position === spot.line);
        return (
          line && (
            <SpotButton
              key={`${spot.line} ${spot.y}`}
              line={line}
              on={spot.line === selected}
              onPress={() => onLine(spot.line)}
              style={{
                left: share(spot.x, sheet.width),
                top: share(spot.y, sheet.height),
                width: share(spot.width, sheet.width),
                height: share(spot.height, sheet.height),
              }}
            />
          )
        );
      })}
    </div>
  );
}

interface SpotButtonProps {
  line: InvoiceLineText;
  on: boolean;
  onPress: () => void;
  style: CSSProperties;
}

function SpotButton({ line, on, onPress, style }: SpotButtonProps) {
  const formats = useFormats();
  const amount = formats.money(line.amount.amount, line.amount.currency);
  const name = [lineTitle(line), lineSubtitle(line), amount].filter(Boolean).join(", ");
  return (
    <Button
      className={styles.spot ?? ""}
      style={style}
      aria-label={name}
      aria-pressed={on}
      data-on={on || undefined}
      data-equivalent
      onPress={onPress}
    />
  );
}

/** Hundredths of a point as points: browsers draw no letters above 10,000 units. */
const pt = (hundredths: number) => hundredths / 100;

function Drawn({ item, logo }: { item: Item; logo: string | null }) {
  if (item.kind === "text") return <Words item={item} />;
  if (item.kind === "code") return <Code item={item} />;
  const place = { x: pt(item.x), y: pt(item.y), width: pt(item.width) };
  switch (item.kind) {
    case "rule":
      return <rect {...place} y={pt(item.y - item.weight / 2)} height={pt(item.weight)} fill={item.colour} />;
    case "fill":
      return <rect {...place} height={pt(item.height)} fill={item.colour} />;
    case "frame":
      return (
        <rect
          {...place}
          height={pt(item.height)}
          rx={pt(item.radius)}
          fill="none"
          stroke={item.colour}
          strokeWidth={pt(item.weight)}
        />
      );
    case "picture":
      if (!logo) return null;
      return <image {...place} height={pt(item.height)} href={`data:image/png;base64,${logo}`} />;
  }
}

function Code({ item }: { item: Extract<Item, { kind: "code" }> }) {
  const module = pt(item.size) / Math.max(1, item.rows.length);
  return (
    <path
      d={codePath(item.rows)}
      transform={`translate(${pt(item.x)} ${pt(item.y)}) scale(${module})`}
      fill="#1b1a17"
      shapeRendering="crispEdges"
    />
  );
}

function Words({ item }: { item: TextItem }) {
  const font = fontOf(item.role);
  const [x, y] = [pt(item.x), pt(item.y)];
  return (
    <text
      x={x}
      y={y}
      fontSize={pt(item.size)}
      fontWeight={font.weight}
      fill={item.colour}
      textLength={item.width && item.width > 0 ? pt(item.width) : undefined}
      transform={item.angle ? `rotate(${-item.angle} ${x} ${y})` : undefined}
      style={{
        fontVariationSettings: `"opsz" ${font.opticalSize}`,
        fontVariantNumeric: item.tabular ? "tabular-nums" : "normal",
        fontFeatureSettings: '"calt" 0, "ss03" 0',
        whiteSpace: "pre",
      }}
    >
      {item.text}
    </text>
  );
}

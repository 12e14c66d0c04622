import { Download, Filter, Lock, TrendingDown } from "lucide-react";
import { useState } from "react";
import { BarDivider, Screen } from "../app/Screen";
import { showToast } from "../app/toasts";
import { Avatar } from "../components/Avatar";
import { Button } from "../components/Button";
import { LineSpark, MarginBar, BarSpark, ShareBar } from "../components/charts/Spark";
import { Legend, seriesColor } from "../components/charts/ChartFrame";
import { StackedBars } from "../components/charts/StackedBars";
import { ExplanationChain, Inspector, InspectorSection, SplitBar } from "../components/Inspector";
import { Money } from "../components/Money";
import { KeyValues, Panel } from "../components/Panel";
import { Percent, Quantity } from "../components/Quantity";
import { Segmented } from "../components/Segmented";
import { Select } from "../components/Select";
import { EmptyState, NoResult } from "../components/States";
import { DataTable, type Column } from "../components/table/DataTable";
import { Tag } from "../components/Tag";
import { SearchField } from "../components/TextField";
import { TileStrip } from "../components/TileStrip";
import { UnitPrice } from "../components/UnitPrice";
import { match } from "../lib/search";
import { useFormats } from "../lib/use-formats";
import { customers, days, eur, seriesNames, type SampleCustomer } from "./sample";

const columns: Column<SampleCustomer>[] = [
  {
    id: "name",
    head: "Customer",
    width: "minmax(200px, 2fr)",
    sortBy: (row) => ({ text: row.name }),
    cell: (row) => (
      <>
        <Avatar name={row.name} />
        <span className="medium truncate">{row.name}</span>
        {row.margin.startsWith("-") && <Tag tone="loss" icon={TrendingDown}>below cost</Tag>}
      </>
    ),
  },
  { id: "tokens", head: "Tokens", align: "end", sortBy: (row) => ({ figure: row.tokens }), firstDirection: "down", cell: (row) => <Quantity short value={row.tokens} /> },
  { id: "revenue", head: "Revenue", align: "end", width: "116px", sortBy: (row) => ({ figure: row.revenue }), firstDirection: "down", cell: (row) => <Money value={eur(row.revenue)} /> },
  { id: "cost", head: "Cost", align: "end", width: "116px", sortBy: (row) => ({ figure: row.cost }), cell: (row) => <Money value={eur(row.cost)} className="muted" /> },
  { id: "margin", head: "Margin %", align: "end", width: "92px", sortBy: (row) => ({ figure: row.margin }), cell: (row) => <Percent value={row.margin} lossWhenNegative /> },
  { id: "bar", head: "", width: "96px", cell: (row) => <MarginBar percent={row.margin} /> },
  { id: "spark", head: "12 months", width: "84px", cell: (row) => <LineSpark values={row.months} /> },
];

export function SampleScreen() {
  const formats = useFormats();
  const [filter, setFilter] = useState("");
  const [view, setView] = useState<"all" | "held" | "ready">("all");
  const [by, setBy] = useState<"customer" | "model">("model");
  const [selected, setSelected] = useState<SampleCustomer | null>(customers[3] ?? null);
  const rows = filter ? customers.filter((row) => match(filter, row.name)) : customers;
  const data = {
    labels: days.map((day) => formats.day(day)),
    series: seriesNames.map((name, at) => ({
      key: name,
      name,
      color: seriesColor(at, at === seriesNames.length - 1),
      values: days.map((_, d) => String(((7 - at) * 37 + ((d * 13) % 41) * (7 - at) + (d % 7 > 4 ? -90 : 60)).toString()).replace("-", "")),
    })),
  };
  return (
    <Screen
      title="Customers"
      tag={<Tag tone="pencil">Draft v15</Tag>}
      note="46 customers, lowest margin first"
      actions={
        <>
          <Button icon={Download} onPress={() => showToast({ text: "Edited Nordlicht Versicherung AG", action: { label: "Undo", run: () => undefined } })}>Export</Button>
          <BarDivider />
        </>
      }
      primary={{ label: "Finalize 42", icon: Lock, showKeys: true, onPress: () => showToast({ text: "42 invoices are final", tone: "gain" }) }}
      toolbar={
        <>
          <SearchField label="Filter" placeholder="Filter 46 customers" keys="/" value={filter} onChange={setFilter} />
          <Select lead="by" value={by} onChange={setBy} options={[{ value: "model", label: "Model" }, { value: "customer", label: "Customer" }]} />
          <Segmented label="State" value={view} onChange={setView} segments={[{ value: "all", label: "All", note: "46" }, { value: "held", label: "Held", note: "4" }, { value: "ready", label: "Ready", note: "42" }]} />
          <span className="grow" />
          <Button kind="ghost" icon={Filter}>Filter</Button>
        </>
      }
      inspector={<SampleInspector customer={selected} />}
      inspectorKey={selected?.name ?? null}
      inspectorTitle={selected?.name}
    >
      <div className="col" style={{ gap: 14, height: "100%" }}>
        <TileStrip
          label="October"
          tiles={[
            { label: "Revenue", figure: <Money size="headline" value={eur("374085.88")} />, change: <span className="gain">+13.4%</span>, note: <ShareBar shares={[{ name: "a", value: "52", color: "var(--d-1)" }, { name: "b", value: "40", color: "var(--d-5)" }, { name: "c", value: "8", color: "var(--d-6)" }]} /> },
            { label: "Provider cost", figure: <Money size="headline" value={eur("270334.69")} />, note: "Anthropic 45%, OpenAI 37%" },
            { label: "Margin", figure: <Percent size="headline" value="27.7" />, change: <Percent points sign="always" tone="loss" value="-3.7" /> },
          ]}
        />
        <Panel title="Provider cost by model" actions={<Legend items={seriesNames.slice(0, 3).map((name, at) => ({ name, color: seriesColor(at) }))} />}>
          <StackedBars
            data={data}
            height={200}
            labelHead="Day"
            summary="Provider cost per day in October, highest on 22 October."
            format={(value) => formats.money(value, "EUR")}
            formatTick={(value) => formats.moneyShort(value, "EUR")}
          />
        </Panel>
        <Panel title="Customers by margin" aside={<Tag tone="loss">3 below cost</Tag>} flush grow>
          <DataTable
            label="Customers by margin"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.name}
            selectedKey={selected?.name ?? null}
            onSelect={setSelected}
            pageKeys
            isFiltered={filter !== ""}
            defaultSort={{ column: "margin", direction: "up" }}
            empty={<EmptyState title="Customers appear here once there are some." />}
            noResult={<NoResult title="No customer is called that." action={<Button onPress={() => setFilter("")}>Clear the filter</Button>} />}
          />
        </Panel>
      </div>
    </Screen>
  );
}

function SampleInspector({ customer }: { customer: SampleCustomer | null }) {
  if (!customer) return <EmptyState title="Select a customer to see where the figure comes from." />;
  return (
    <Inspector
      title="gpt-6.1-sol"
      subtitle="Output, OpenAI"
      tag={<Tag tone="pencil">Staged</Tag>}
      head={
        <>
          <div className="row between">
            <UnitPrice size="headline" value="11.18" currency="EUR" per="per 1M" />
            <span className="pencil">−10.3%</span>
          </div>
          <SplitBar label="Cost 76.9%, margin 23.1%" parts={[{ label: "Cost €8.60", share: 77, color: "cost" }, { label: "23.1%", share: 23, color: "margin" }]} />
        </>
      }
    >
      <ExplanationChain
        steps={[
          { title: "Events", figure: "38,204 requests", source: "1 Oct 00:02 to 31 Oct 23:57, no duplicates", extra: <BarSpark values={days.map((_, d) => String(20 + ((d * 7) % 19)))} /> },
          { title: "Provider price", figure: "$10.00", source: "OpenAI price table, since 9 Sep, seen 30 Oct 2026" },
          { title: "Exchange rate", figure: "× 0.8600 = €8.60", source: "ECB, 30 Sep 2026, fixed for v14 and v15" },
          { title: "This cell, staged", figure: "× 1.30", overruled: "OpenAI × 1.45  Book × 1.50", tone: "pencil" },
          { title: "Sell price from 1 Dec", figure: "€11.18", source: "Not rounded. Only invoice lines are rounded.", tone: "result" },
        ]}
      />
      <InspectorSection title="Only for you" aside="not printed">
        <KeyValues items={[{ key: "Provider cost", value: <Money value={eur(customer.cost)} /> }, { key: "Margin", value: <Percent tone="gain" value={customer.margin} /> }]} />
      </InspectorSection>
    </Inspector>
  );
}

import { CircleAlert, FlaskConical, Lock, Pencil, Plus, Trash2, Ellipsis } from "lucide-react";
import { useState } from "react";
import { Screen } from "../app/Screen";
import { Button } from "../components/Button";
import { DateField } from "../components/DateField";
import { DecimalField } from "../components/DecimalField";
import { Dialog } from "../components/Dialog";
import { DropZone } from "../components/DropZone";
import { FieldRow, FormIssues, FormSection } from "../components/Form";
import { IconButton } from "../components/IconButton";
import { Lines } from "../components/charts/Lines";
import { Menu, MenuItem, MenuSeparator } from "../components/Menu";
import { Panel } from "../components/Panel";
import { Popover } from "../components/Popover";
import { ProgressCard } from "../components/ProgressCard";
import { Select } from "../components/Select";
import { Sheet } from "../components/Sheet";
import { ErrorState, Note, Skeleton } from "../components/States";
import { StepMarker } from "../components/StepMarker";
import { Checkbox, Switch } from "../components/Switch";
import { Dot, Tag } from "../components/Tag";
import { TextArea, TextField } from "../components/TextField";
import { CellPrice } from "../components/UnitPrice";
import { host } from "../ipc/host";
import type { DecimalString } from "../lib/decimal";
import { useFormats } from "../lib/use-formats";
import { days } from "./sample";

export function Parts() {
  const [sheet, setSheet] = useState(false);
  const [dialog, setDialog] = useState(false);
  return (
    <Screen title="Parts" crumbs={[{ label: "Development", to: "/dev/screen" }]}>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 14, alignItems: "start" }}>
        <Panel title="Buttons">
          <div className="col" style={{ gap: 10 }}>
            <div className="row">
              <Button kind="primary" icon={Lock} keys="mod+enter">Finalize 42</Button>
              <Button kind="pencil" icon={Pencil}>Review 7 changes</Button>
              <Button icon={FlaskConical}>Default</Button>
              <Button kind="ghost" icon={Plus}>Ghost</Button>
              <Button kind="danger" icon={Trash2}>Danger</Button>
            </div>
            <div className="row">
              <Button size="small">Small</Button>
              <Button size="large" kind="primary">Large</Button>
              <Button isDisabled kind="primary">Disabled</Button>
              <IconButton icon={Pencil} label="Edit" />
              <Menu label="More" trigger={<IconButton icon={Ellipsis} label="More" kind="default" />}>
                <MenuItem icon={Pencil} keys="e">Edit</MenuItem>
                <MenuItem checked detail="32 px">Default rows</MenuItem>
                <MenuSeparator />
                <MenuItem icon={Trash2} danger>Remove</MenuItem>
              </Menu>
              <Popover label="Small panel" trigger={<Button>Popover</Button>}><p>A few facts.</p></Popover>
              <Button onPress={() => setSheet(true)}>Sheet</Button>
              <Button onPress={() => setDialog(true)}>Dialog</Button>
            </div>
            <div className="row">
              <Tag>neutral</Tag><Tag tone="outline">272K</Tag><Tag tone="ink">Ready</Tag><Tag tone="pencil">Draft</Tag><Tag tone="gain">Paid 2 Nov</Tag><Tag tone="loss">below cost</Tag>
              <Dot live /> <Dot tone="pencil" /> <Dot tone="off" />
            </div>
            <StepMarker label="Import" steps={["File", "Columns", "Check"]} current={1} />
            <div className="row"><CellPrice value="2.236" /><CellPrice value="11.18" /><CellPrice value="2.10534" /><CellPrice value="0.5" /></div>
            <ProgressCard title="Finalizing 42 invoices" value={0.64} stage="PDF with e-invoice data" count="27 of 42" note="Nothing is final until the last step." cancel={{ label: "Cancel", run: () => undefined }} />
          </div>
        </Panel>
        <Panel title="Fields"><Fields /></Panel>
        <Panel title="Revenue and cost"><Chart /></Panel>
        <Panel title="States" flush>
          <Skeleton rows={3} />
          <ErrorState title="The book is busy." detail="Nothing was saved. Try again in a moment." action={<Button>Try again</Button>} />
          <div className="col" style={{ gap: 8, padding: 14 }}>
            <Note icon={CircleAlert} tone="loss">Output costs €8.60 and sells at €8.00.</Note>
            <Note icon={CircleAlert} tone="pencil">With that limit the best margin is 36.3%.</Note>
            <Note icon={CircleAlert}>Columns from the last import are set again.</Note>
          </div>
        </Panel>
      </div>
      <Sheet isOpen={sheet} onClose={() => setSheet(false)} title="Review 7 changes" tag={<Tag tone="pencil">Draft v15</Tag>} closeLabel="Close" footer={<Button kind="primary" onPress={() => setSheet(false)}>Publish</Button>}>
        <Fields />
      </Sheet>
      <Dialog alert isOpen={dialog} onClose={() => setDialog(false)} title="Finalize 42 invoices?" footer={<><Button onPress={() => setDialog(false)}>Cancel</Button><Button kind="primary" onPress={() => setDialog(false)}>Finalize</Button></>}>
        Numbers HS-2026-0488 to 0529 are given in one step. This cannot be undone; its remedy is a void.
      </Dialog>
    </Screen>
  );
}

function Fields() {
  const [price, setPrice] = useState<DecimalString | null>("12.47" as DecimalString);
  const [day, setDay] = useState<string | null>("2026-12-01");
  const [country, setCountry] = useState<"DE" | "SE" | null>(null);
  return (
    <>
      <FormIssues texts={["Two customers have this alias."]} />
      <FormSection title="Address" hint="As it prints on the invoice.">
        <TextField label="Name" defaultValue="Nordlicht Versicherung AG" />
        <FieldRow columns="1fr 2fr">
          <TextField label="Post code" error="Needed here" />
          <TextField label="City" optional="optional" hint="Without the country" />
        </FieldRow>
        <FieldRow>
          <DecimalField label="Price" unit="EUR" value={price} onChange={setPrice} changed />
          <DateField label="Valid from" value={day} onChange={setDay} />
          <Select label="Country" placeholder="Choose" value={country} onChange={setCountry} options={[{ value: "DE", label: "Germany" }, { value: "SE", label: "Sweden" }]} />
        </FieldRow>
        <TextArea label="Note" rows={2} />
        <div className="row"><Switch defaultSelected>Flat fee at zero usage</Switch><Checkbox defaultSelected>No bill above</Checkbox><Checkbox>Unticked</Checkbox></div>
        <DropZone title="Drop a usage file here" choose="or choose one" hint="CSV, JSON Lines" source={host().onFileDrop} onChoose={() => undefined} onDrop={() => undefined} />
      </FormSection>
    </>
  );
}

function Chart() {
  const formats = useFormats();
  const values = (base: number) => days.map((_, at) => String(base + ((at * 37) % 50) * 30 - (at % 7 > 4 ? base / 2 : 0)));
  return (
    <Lines
      fillBetween
      height={220}
      summary="Revenue above cost on all days."
      labelHead="Day"
      data={{ labels: days.map((day) => formats.day(day)), series: [{ key: "r", name: "Revenue", color: "var(--d-revenue)", values: values(13000) }, { key: "c", name: "Provider cost", color: "var(--d-cost)", values: values(9000) }] }}
      format={(value) => formats.money(value, "EUR")}
      formatTick={(value) => formats.moneyShort(value, "EUR")}
      shaded={days.flatMap((_, at) => (at % 7 > 4 ? [at] : []))}
    />
  );
}

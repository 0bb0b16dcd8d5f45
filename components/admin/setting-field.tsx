"use client";
import { useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { GatewayId } from "#lib/domain/gateway-id.ts";

export type SettingView = {
  name: string;
  kind: "text" | "pem" | "secret" | "secretPem" | "choice" | "flag";
  choices: readonly string[];
  start: string;
  /** Under what its words stand in the messages of its gateway. */
  words: string;
};
type Props = { field: SettingView; gateway: GatewayId; fault: string | undefined };

/** One setting of a gateway's account, by its kind. */
export function SettingField({ field, gateway, fault }: Props) {
  const t = useTranslations(`settings.${gateway}`);
  const { name, kind, choices, start } = field;
  const words = { id: name, label: t(`${field.words}.label`), hint: t(`${field.words}.hint`), fault };
  switch (kind) {
    case "flag":
      return (
        <label className="grid gap-1">
          <span className="flex min-h-11 items-center gap-3 font-medium">
            <input
              type="checkbox"
              name={name}
              defaultChecked={start === "yes"}
              className="size-5 accent-accent"
            />
            {words.label}
          </span>
          <span className="text-quiet">{words.hint}</span>
        </label>
      );
    case "choice":
      return (
        <SelectField {...words} name={name} defaultValue={start}>
          {choices.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </SelectField>
      );
    case "pem":
    case "secretPem":
      return (
        <TextAreaField
          {...words}
          name={name}
          defaultValue={start}
          rows={4}
          spellCheck={false}
          className="font-mono"
        />
      );
    case "secret":
      return <TextField {...words} name={name} type="password" autoComplete="new-password" />;
    default:
      return (
        <TextField {...words} name={name} defaultValue={start} autoCapitalize="off" spellCheck={false} />
      );
  }
}

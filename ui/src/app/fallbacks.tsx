import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { EmptyState, ErrorState } from "../components/States";
import { errorText } from "./errors";
import { Screen } from "./Screen";

/** A screen that broke: the frame stays, the rest of the program goes on. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation("common");
  const router = useRouter();
  const { text, detail } = errorText(error);
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Screen title={t("broken")}>
      <ErrorState title={text} detail={detail} action={<Button onPress={again}>{t("again")}</Button>} />
    </Screen>
  );
}

export function NotFound() {
  const { t } = useTranslation("common");
  return (
    <Screen title={t("notFound")}>
      <EmptyState title={t("notFoundText")} />
    </Screen>
  );
}

/** Shown only when a screen's code takes longer than the router waits. */
export function ScreenPending() {
  return null;
}

CREATE TABLE "notice_tally" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"minute_started_at" timestamp with time zone NOT NULL,
	"minute_count" integer NOT NULL,
	"genuine_count" bigint DEFAULT 0 NOT NULL,
	"forged_count" bigint DEFAULT 0 NOT NULL,
	"last_genuine_at" timestamp with time zone,
	"last_forged_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "notice_tally" ADD CONSTRAINT "notice_tally_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;
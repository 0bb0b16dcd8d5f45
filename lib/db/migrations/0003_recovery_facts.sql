ALTER TABLE "money_op" ADD COLUMN "negative_readings" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "money_op" ADD COLUMN "quiet_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "money_op" ADD COLUMN "resend_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "money_op" ADD COLUMN "confirmed_at" timestamp with time zone;
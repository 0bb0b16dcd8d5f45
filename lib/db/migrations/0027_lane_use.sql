ALTER TABLE "gateway_lane" ADD COLUMN "taken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "gateway_lane" ADD COLUMN "answer_ms" integer;--> statement-breakpoint
ALTER TABLE "gateway_lane" ADD COLUMN "busy_ms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "gateway_lane" ADD COLUMN "busy_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL;
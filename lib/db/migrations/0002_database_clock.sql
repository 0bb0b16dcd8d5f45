ALTER TABLE "money_op" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();--> statement-breakpoint
ALTER TABLE "refund_request" ALTER COLUMN "requested_at" SET DEFAULT clock_timestamp();--> statement-breakpoint
ALTER TABLE "look_up" ALTER COLUMN "looked_up_at" SET DEFAULT clock_timestamp();--> statement-breakpoint
ALTER TABLE "pay_order" ALTER COLUMN "first_seen_at" SET DEFAULT clock_timestamp();
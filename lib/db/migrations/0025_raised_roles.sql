CREATE TABLE "role_wish" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_person" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "decides_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "paused_as_new" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "role_wish" ADD CONSTRAINT "role_wish_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_wish" ADD CONSTRAINT "role_wish_asked_by_staff_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
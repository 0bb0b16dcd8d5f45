CREATE TABLE "kept_key" (
	"purpose" text NOT NULL,
	"version" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"from_seq" bigint NOT NULL,
	CONSTRAINT "kept_key_purpose_version_pk" PRIMARY KEY("purpose","version")
);
--> statement-breakpoint
CREATE TABLE "master_key" (
	"id" integer PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"mark" text NOT NULL,
	"previous_mark" text,
	"changed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "master_key_one" CHECK ("master_key"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "audit_head" ADD COLUMN "sealed_key" "bytea";
/**
 * What somebody has to hear wherever they are next. `raised`: a role that decides is new, one's own or (with a host) a
 * colleague's; `raiseAsked`: another owner wants one for a colleague. `guessing`: somebody tries passwords in numbers.
 */
export type NoticeKind = "pinLocked" | "codeLocked" | "raised" | "raiseAsked" | "guessing";

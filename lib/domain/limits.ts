const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** Every limit of the product, its unit in its name and its source beside it. */
export const limits = {
  /** How often an open, visible page reads the status address (money.md 3.2). */
  statusPollMs: 2 * secondMs,
  /** The same of a cancelled order, which a saved code can still pay: the guard asks the gateway, the page reads our books. */
  guardedPollMs: 10 * secondMs,
  /** How often an open, visible Counter reads its address: it reads our books only. */
  counterPollMs: 10 * secondMs,
  /**
   * A page's interest in an order lasts this long, and by chance up to `watchSpreadMs` longer (money.md 3.2). It is renewed once less than
   * `watchRenewMs` of it is left, which is more than the longest pause between two polls.
   */
  watchTtlMs: 25 * secondMs,
  watchRenewMs: 15 * secondMs,
  /** As much longer at most, by chance: pages that were opened together do not all renew their interest together from then on. */
  watchSpreadMs: 10 * secondMs,
  /** Mean time of a gateway's answer, for saying when the next check is; and the share of the lane watched orders get (money.md 3.4). */
  queryLatencyMeanMs: 400,
  watchedLaneShare: 0.8,
  /**
   * From this many watched orders of an account on, one list answers for all of them (money.md 3.4: then N·s/φ > B + s), every so
   * often (B). The list is of orders first seen in this time: the gateway names no longest period. After a list without an answer
   * the next one waits B, twice B and so on up to the longest pause, and each order has its own question meanwhile.
   */
  watchedListFrom: 5,
  watchedListEveryMs: 10 * secondMs,
  watchedListReachMs: 24 * hourMs,
  watchedListPauseMaxMs: 5 * minuteMs,
  /** How far a list lags behind is not known: an order that only lists spoke of for this long gets a question of its own in a slot nobody needs. */
  watchedListTrustMs: 2 * minuteMs,
  /** A page that waits says so when nobody confirmed its answer for this long (money.md 3.4). */
  unconfirmedAfterMs: 2 * minuteMs,
  /** A till's clock that is off by more than this is named (screens.md 15). */
  clockOffMs: 2 * minuteMs,
  /** An outcome nobody knows is the manager's matter too from then on (money.md 2.6, 2.11). */
  managerInformedAfterMs: 5 * minuteMs,
  /** Distance between the previous answer and the next query of one merchant account: 2.0 s + 0.1 s (money.md 3.1). */
  laneGapMs: 2_100,
  /** So long what one page read of an account's line serves all pages that tell when the gateway is asked next. */
  laneLineMs: 500,
  /** Over about how long the use of a lane is told to staff. */
  laneUseMs: 5 * minuteMs,
  /** A lane holder that died gives the lane back after this long (money.md 3.1). */
  laneQueryTtlMs: 15 * secondMs,
  laneSendTtlMs: 45 * secondMs,
  /** The request must be written this soon after the slot was taken, or the slot is given back (money.md 2.4, gate 5). */
  writeGateMs: 5 * secondMs,
  /** Total time of one query or one send, from connect to the last byte (money.md 2.4). */
  queryDeadlineMs: 5 * secondMs,
  sendDeadlineMs: 30 * secondMs,
  /** A claimed operation whose process is gone is taken over after this long (money.md 2.4). */
  sendLeaseMs: 45 * secondMs,
  /** Largest gateway answer we read. */
  gatewayBodyBytesMax: 1024 * 1024,
  /** Largest payment notice that is read, and how many an account may get in a minute; a busy store has far fewer. */
  noticeBytesMax: 64 * 1024,
  noticesPerMinuteMax: 600,
  /** A doubled notice asks the gateway again only about an answer older than this. */
  noticeAskGapMs: 10 * secondMs,
  /** How soon after its account is known, and how often after that, a gateway's list of paid orders is read. */
  importFirstAfterMs: 15 * secondMs,
  importEveryMs: 5 * minuteMs,
  /** How far back that list goes: yesterday's sales are asked about today. */
  importReachMs: 24 * hourMs,
  /** An action that sends waits this long for the outcome, then the page goes on by the status address (stack.md 4). */
  actionWaitMs: 8 * secondMs,
  /** Quiet time T_q before a negative verdict (money.md A2). */
  quietTimeMs: 15 * minuteMs,
  /** A refund request waits this long for a manager (screens.md 36). */
  requestExpiresMs: 24 * hourMs,
  /**
   * Own limits of somebody for whom only the amount of one refund was set, as a provisioning file does: refunds a day, their
   * sum as a multiple of that amount, and the age of the sale.
   */
  ownDayCountMax: 10,
  ownDaySumTimes: 5,
  ownSaleAgeMaxDays: 30,
  /** What an owner can type at most. */
  ownDayCountTop: 999,
  ownSaleAgeTopDays: 999,
  /** What a manager looks at twice: from this share of the own limit, from this request of a day on, from this age of the sale (screens.md 4.1). */
  justUnderLimitPercent: 90,
  manyRequestsFrom: 3,
  oldSaleMs: 7 * 24 * hourMs,
  /**
   * The report of pairs: days it looks back, how many approvals and how many times the usual a finding needs, the chance that
   * any innocent pair of a report is named; and the hours at which a shop is closed, on its clock.
   */
  pairsDays: 90,
  pairCountMin: 10,
  pairTimesUsual: 1.25,
  pairChanceMax: 0.001,
  lateNightFromHour: 23,
  lateNightUntilHour: 6,
  oddRefundsMax: 100,
  /** How long an approval page waits for the gateway's fresh word before it lets a manager decide without (screens.md 4.5). */
  freshFactsWaitMs: 12 * secondMs,
  /** A gateway's word this old when a page opens is not asked for anew. */
  freshFactsMs: 5 * secondMs,
  /** Requests that are approved together at most, and how old the gateway's word about each may be then (screens.md 42). */
  togetherMax: 20,
  togetherFactsMs: 5 * minuteMs,
  /** Days somebody may have a deputy at a stretch. */
  deputyDaysMax: 60,
  /** How often an open list asks for new requests. */
  listPollMs: 5 * secondMs,
  /** A PIN step-up is good for one decision and this long (security.md T12, screens.md 39). */
  stepUpMs: 5 * minuteMs,
  /** Wrong PINs before the lock, and how long it lasts (security.md, PIN). */
  pinTriesMax: 5,
  pinLockMs: 15 * minuteMs,
  /** Wrong passwords before sign-in waits, and how long (security.md T4). */
  signInTriesMax: 10,
  signInLockMs: 30 * minuteMs,
  /** Wrong passwords of unknown devices from one address in an hour, and those of the whole house that alarm the owners (security.md T4). */
  wrongPerAddressMax: 100,
  wrongPerHourAlarm: 1_000,
  /** The second factor: a step of its codes, how many steps a clock may be off either way (RFC 6238 5.2), wrong codes before the wait. */
  codeStepMs: 30 * secondMs,
  codeStepsOff: 1,
  codeTriesMax: 5,
  codeLockMs: 15 * minuteMs,
  recoveryCodes: 10,
  /** How long after the password a code may come, and how long a set-up shows its secret. */
  codeWaitMs: 10 * minuteMs,
  factorSetUpMs: 15 * minuteMs,
  /** Passkeys of an account, what each is called, and how long an authenticator may take to answer (WebAuthn 3, 15.1: five minutes). */
  passkeysMax: 10,
  passkeyNameLengthMax: 40,
  passkeyAnswerMs: 5 * minuteMs,
  /** Sessions of an account at once; one more ends the oldest (security.md 4.3). How long each lasts: session-limits.ts. */
  sessionsPerStaffMax: 3,
  /** Orders one member of staff can keep under watch at once (security.md T19). */
  watchedOrdersPerStaffMax: 30,
  /** A role that was raised waits this long before it decides (security.md T13, T14); a new account too. */
  rolePauseMs: 24 * hourMs,
  /** Texts people type. */
  noteLengthMax: 500,
  /** Reasons for refunds an owner may offer, and their words in characters. */
  reasonsMax: 20,
  reasonWordsMax: 40,
  reasonTextLengthMax: 500,
  usernameLengthMax: 64,
  nameLengthMax: 100,
  /** One setting of a merchant account; a key of 4096 bits as PEM has 3,300 characters. */
  settingLengthMax: 8_000,
  storesPerStaffMax: 200,
  passwordLengthMax: 256,
  /** A new password: at least this long, of at least so many different characters (security paper, ASVS 6.2.1 asks for 8). */
  passwordLengthMin: 12,
  passwordKindsMin: 5,
  /** Guesses that find a new password, as a power of ten: 10^8 takes years at sign-in and a good while at a stolen argon2id hash (zxcvbn, USENIX Security 2016: 3). */
  passwordGuessesLog10Min: 8,
  /** Saved views of a person, their names, and what they keep of an address, in characters. */
  viewsMax: 20,
  viewNameLengthMax: 40,
  viewQueryLengthMax: 600,
  /** Rows of a list page. */
  listPageSize: 50,
  /** A list's matches are counted up to here, and so many orders are read at most in search of a verdict. */
  listCountMax: 1_000,
  listScanMax: 3_000,
  /** Rows of a downloaded list at most, and how many of them are read and held at a time. */
  exportRowsMax: 100_000,
  exportPartRows: 1_000,
  recentOrdersMax: 10,
  counterRequestsMax: 5,
  nearMissesMax: 5,
} as const;

/** What an answer says about the limit it was counted against. Missing fields: the answer did not say. */
export interface LimitState {
	/** Units that a window allows. */
	limit?: number;
	/** Units that are left in this window. */
	remaining?: number;
	windowMilliseconds?: number;
	/** Time until the limit is free again; only meaningful on a refusal, or when above zero. */
	resetMilliseconds?: number;
	/** The call was refused and not carried out. */
	refused: boolean;
}

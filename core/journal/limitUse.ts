/** How far one process uses a limit of a platform. No secrets and no names: an account is a host, or a hash. */
export interface LimitUse {
	platform: 'moySklad' | 'bitrix';
	/** Calls in a time; or Bitrix24's working time of the method that has used most of it. */
	limit: 'rate' | 'operating';
	account: string;
	/** Tells the processes of one n8n apart; another one after each start. */
	process: string;
	/** When this process began to count, milliseconds since 1970. */
	since: number;
	/** Since then: calls that were made, that were refused for the limit, and how long calls waited for it, in milliseconds. */
	calls: number;
	refused: number;
	waitedMilliseconds: number;
	/** Part of the limit that was used, 0 to 1: in the fullest minute of the last ten, or of the working time. */
	share: number;
}

<?php

namespace MoySkladBitrix\SiteEvents;

/**
 * References to changed objects on their way to n8n. Each one is first an empty file whose name says it all, so that it is either
 * there or not; what n8n has accepted is removed. Needs nothing of Bitrix.
 */
final class Outbox
{
	/** Events in one call. */
	const MOST_EVENTS = 500;

	/** For so many seconds after a failure pages do not try: the timer does. */
	const PAUSE_SECONDS = 60;

	/** Younger files are left to the page that made them. */
	const OWN_SECONDS = 15;

	/** Answers that a repetition would not change. */
	const FINAL_REFUSALS = [400, 413, 422];

	const NAME = '/^(\d{10})\.\d{6}-[0-9a-f]{16}-([a-z]+)-(\d+)-(SAVE|DELETE)$/';

	/** @var array{url: string, secret: string, site: string, queue: string, timeout?: float} */
	private $settings;

	/** @var array<string, string> What this page has noted: names of files by what they say. */
	private $own = [];

	/** @param array{url: string, secret: string, site: string, queue: string, timeout?: float} $settings */
	public function __construct(array $settings)
	{
		$this->settings = $settings;
	}

	/**
	 * Notes that an object was saved or deleted. It takes the time of making an empty file, and is safe when this returns.
	 *
	 * @param mixed $id
	 */
	public function note(string $entity, $id, string $action): void
	{
		$key = $entity . '-' . (int) $id . '-' . $action;
		if ((int) $id <= 0 || isset($this->own[$key])) {
			return;
		}
		$this->own[$key] = sprintf('%.6F-%s-%s', microtime(true), bin2hex(random_bytes(8)), $key);
		if (!@touch($this->path($this->own[$key]))) {
			self::log('the queue folder cannot be written: ' . $this->settings['queue']);
		}
	}

	/** Whether this page has noted anything. */
	public function hasOwn(): bool
	{
		return $this->own !== [];
	}

	/** Sends what this page has noted. To be called after the page was sent. Never throws. */
	public function sendOwn(): void
	{
		$names = array_values($this->own);
		$this->own = [];
		if (!$this->isPausing()) {
			$this->sendAll($names);
		}
	}

	/** Sends what pages could not, oldest first, until n8n refuses. One process at a time. */
	public function sendRest(): void
	{
		$lock = @fopen($this->path('lock'), 'c');
		if ($lock === false || !flock($lock, LOCK_EX | LOCK_NB)) {
			return;
		}
		$this->sendAll($this->waiting());
		flock($lock, LOCK_UN);
		fclose($lock);
	}

	/** @param string[] $names Sent in their order, until n8n refuses. */
	private function sendAll(array $names): void
	{
		foreach (array_chunk($names, self::MOST_EVENTS) as $part) {
			if (!$this->send($part)) {
				return;
			}
		}
	}

	/** @return string[] Names of files, oldest first. */
	private function waiting(): array
	{
		$youngest = time() - self::OWN_SECONDS;
		$names = @scandir($this->settings['queue']);
		return array_values(array_filter($names === false ? [] : $names, function (string $name) use ($youngest): bool {
			return preg_match(self::NAME, $name, $parts) === 1 && (int) $parts[1] <= $youngest;
		}));
	}

	/**
	 * @param string[] $names
	 * @return bool Whether their files are gone from the queue
	 */
	private function send(array $names): bool
	{
		$status = $this->post($this->eventsIn($names));
		if ($status >= 200 && $status < 300) {
			foreach ($names as $name) {
				@unlink($this->path($name));
			}
			@unlink($this->path('pause'));
			return true;
		}
		if (in_array($status, self::FINAL_REFUSALS, true)) {
			foreach ($names as $name) {
				@rename($this->path($name), $this->path($name . '.rejected'));
			}
			return true;
		}
		@touch($this->path('pause'));
		return false;
	}

	/**
	 * @param string[] $names
	 * @return array<int, array{entity: string, id: string, action: string, at: int}> Each object and action once, with its last moment
	 */
	private function eventsIn(array $names): array
	{
		$events = [];
		foreach ($names as $name) {
			if (preg_match(self::NAME, $name, $parts) === 1) {
				[, $at, $entity, $id, $action] = $parts;
				$events["$entity $id $action"] = ['entity' => $entity, 'id' => $id, 'action' => $action, 'at' => (int) $at];
			}
		}
		return array_values($events);
	}

	/**
	 * One signed call; each has another body, so that a recorded one can be told.
	 *
	 * @param array<int, array<string, mixed>> $events
	 * @return int The HTTP status; 0 when there was no answer
	 */
	private function post(array $events): int
	{
		$message = ['message' => bin2hex(random_bytes(8)), 'site' => $this->settings['site'], 'events' => $events];
		$body = (string) json_encode($message);
		$timestamp = (string) time();
		$signature = hash_hmac('sha256', $timestamp . '.' . $body, $this->settings['secret']);
		$headers = ['Content-Type: application/json', "X-Handler-Timestamp: $timestamp", "X-Handler-Signature: sha256=$signature", 'Connection: close'];
		$http = [
			'method' => 'POST',
			'header' => $headers,
			'content' => $body,
			'timeout' => (float) ($this->settings['timeout'] ?? 2),
			'ignore_errors' => true,
			'follow_location' => 0,
		];
		$stream = @fopen($this->settings['url'], 'rb', false, stream_context_create(['http' => $http]));
		$status = $stream === false ? 0 : self::statusOf($stream);
		if ($status < 200 || $status >= 300) {
			self::log('n8n answered ' . ($status === 0 ? 'nothing' : $status . ' ' . self::codeIn($stream)) . '; ' . count($events) . ' events');
		}
		if ($stream !== false) {
			fclose($stream);
		}
		return $status;
	}

	/** @param resource $stream */
	private static function statusOf($stream): int
	{
		$lines = stream_get_meta_data($stream)['wrapper_data'] ?? [];
		return preg_match('/^HTTP\/\S+ (\d{3})/', (string) ($lines[0] ?? ''), $parts) === 1 ? (int) $parts[1] : 0;
	}

	/**
	 * The trigger's own word for what is wrong.
	 *
	 * @param resource $stream
	 */
	private static function codeIn($stream): string
	{
		$answer = json_decode((string) stream_get_contents($stream, 4096), true);
		$code = is_array($answer) ? ($answer['code'] ?? '') : '';
		return is_string($code) && preg_match('/^[A-Z_]{1,60}$/', $code) === 1 ? $code : '';
	}

	private function isPausing(): bool
	{
		clearstatcache();
		$since = @filemtime($this->path('pause'));
		return $since !== false && $since > time() - self::PAUSE_SECONDS;
	}

	private function path(string $name): string
	{
		return rtrim($this->settings['queue'], '/') . '/' . $name;
	}

	public static function log(string $text): void
	{
		error_log('moysklad_events: ' . $text);
	}
}

<?php

// Sends what pages could not send while n8n was away. To be run by cron each minute; needs nothing of Bitrix.

namespace MoySkladBitrix\SiteEvents;

if (PHP_SAPI !== 'cli') {
	http_response_code(404);
	exit;
}

require_once __DIR__ . '/outbox.php';

(new Outbox(require $argv[1] ?? __DIR__ . '/settings.php'))->sendRest();

<?php
// The test site's settings; everything that differs between runs comes from the environment of the processes.
define('DB_NAME', 'humas');
define('DB_USER', getenv('HUMAS_DB_USER'));
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('HUMAS_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', 'test key');
    define($name . '_SALT', 'test salt');
}
define('WP_HOME', getenv('HUMAS_URL'));
define('WP_SITEURL', getenv('HUMAS_URL'));
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';

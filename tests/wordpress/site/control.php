<?php
// php control.php COMMAND < JSON > JSON: what a test does to the site from behind.
if (PHP_SAPI !== 'cli') {
    exit(1);
}
[, $command] = $argv;
if ($command === 'install') {
    define('WP_INSTALLING', true);
}
$_SERVER['HTTP_HOST'] = parse_url(getenv('HUMAS_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('HUMAS_URL'), PHP_URL_PORT);
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require __DIR__ . '/wp-load.php';
$given = json_decode(stream_get_contents(STDIN), true) ?? [];

function install(array $given): array
{
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    add_filter('pre_wp_mail', '__return_true');
    wp_install($given['title'], 'humas', 'humas@contoh.example', true, '', wp_generate_password());
    wp_delete_post(1, true);
    wp_delete_post(2, true);
    update_option('timezone_string', $given['timezone']);
    update_option('posts_per_page', 10);
    update_option('default_comment_status', 'closed');
    switch_theme('twentytwentyone');
    return ['version' => get_bloginfo('version')];
}

function posts(array $given): array
{
    global $wpdb;
    wp_defer_term_counting(true);
    $wpdb->query('SET autocommit = 0');
    $ids = [];
    foreach ($given as $post) {
        $category = term_exists($post['category'], 'category') ?: wp_insert_term($post['category'], 'category');
        $ids[$post['key']] = wp_insert_post(wp_slash([
            'post_title' => $post['title'],
            'post_content' => $post['html'],
            'post_status' => $post['status'],
            'post_date' => $post['date'],
            'post_author' => 1,
            'post_category' => [(int) $category['term_id']],
        ]), true);
    }
    $wpdb->query('COMMIT');
    wp_defer_term_counting(false);
    return $ids;
}

function edit(array $given): array
{
    return ['id' => wp_update_post(wp_slash(['ID' => $given['id'], 'post_content' => $given['html']]), true)];
}

function remove(array $given): array
{
    return ['gone' => (bool) wp_delete_post($given['id'], true)];
}

function mode(array $given): array
{
    global $wp_rewrite;
    update_option('humas_rest', $given['rest'] ? 'on' : 'off');
    $wp_rewrite->set_permalink_structure($given['pretty'] ? '/%year%/%monthnum%/%postname%/' : '');
    flush_rewrite_rules();
    return ['links' => array_map('get_permalink', get_posts(['numberposts' => -1, 'fields' => 'ids', 'post_status' => 'publish']))];
}

echo json_encode($command($given), JSON_THROW_ON_ERROR);

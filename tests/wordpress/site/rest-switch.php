<?php
/* Plugin Name: REST switch. Does what the plugins that close the REST API do, while the option says so. */
if (get_option('humas_rest', 'on') === 'off') {
    add_filter('rest_authentication_errors', fn () => new WP_Error('rest_disabled', 'REST is closed here.', ['status' => 401]));
    remove_action('wp_head', 'rest_output_link_wp_head', 10);
    remove_action('template_redirect', 'rest_output_link_header', 11);
}

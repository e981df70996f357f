/**
 * Every key of LiteLLM's proxy configuration that we know of (its "All settings" page and reference code), by section.
 * SUPPORTED has an effect here. PLANNED has one in LiteLLM and not here yet: it is a warning. DESCRIPTIVE describes a
 * model or a client and changes nothing that we do.
 */
export type KeyStatus = 'SUPPORTED' | 'PLANNED' | 'DESCRIPTIVE';
export type KeyTable = ReadonlyMap<string, KeyStatus>;

function table(keys: Partial<Record<KeyStatus, string>>): KeyTable {
  const entries = Object.entries(keys) as [KeyStatus, string][];
  return new Map(
    entries.flatMap(([status, words]) =>
      words
        .trim()
        .split(/\s+/)
        .map((word) => [word, status] as const),
    ),
  );
}

export const ROOT_KEYS = table({
  SUPPORTED: 'model_list litellm_settings general_settings router_settings environment_variables',
  PLANNED: `
    agents assistant_settings callback_settings credential_list files_settings finetune_settings guardrails include
    mcp_aliases mcp_servers mcp_tools policies prompts sandbox_settings search_tools vector_store_registry
    worker_registry`,
});

/** Entries of `pass_through_endpoints`. */
export const ENDPOINT_KEYS = table({
  SUPPORTED: `
    path target headers methods auth include_subpath cost_per_request default_query_params forward_headers timeout`,
  PLANNED: 'guardrails id is_from_config merge_query_params',
});

export const MODEL_KEYS = table({
  SUPPORTED: 'model_name litellm_params model_info',
  PLANNED: 'access_groups team_id tpm rpm',
});

/** Besides prices, which are checked by the price reader. */
export const LITELLM_PARAMS_KEYS = table({
  SUPPORTED: `
    model api_base api_key rpm tpm max_budget budget_duration api_version aws_access_key_id aws_secret_access_key
    aws_session_token aws_region_name aws_bedrock_runtime_endpoint timeout stream_timeout order weight`,
  PLANNED: `
    additional_drop_params allowed_openai_params auto_router_config auto_router_default_model
    auto_router_embedding_model aws_profile_name
    aws_role_name aws_session_name aws_sts_endpoint
    aws_web_identity_token azure_ad_token azure_password azure_scope azure_username base_model base_url
    cache_control_injection_points client_id client_secret complexity_router_config
    configurable_clientside_auth_params cooldown_time custom_llm_provider default_api_key_rpm_limit
    default_api_key_tpm_limit deployment_id disable_add_transform_inline_image_block drop_params extra_body
    extra_headers frequency_penalty gcs_bucket_name guardrails headers hf_model_name input_type litellm_credential_name
    litellm_system_prompt logit_bias logprobs max_completion_tokens max_file_size_mb max_parallel_requests
    max_retries max_tokens merge_reasoning_content_in_choices mock_response model_info n num_retries
    organization parallel_tool_calls presence_penalty prompt_id provider_specific_params reasoning_effort
    region_name response_format s3_bucket_name s3_region_name seed service_tier ssl_verify stop stream
    stream_options tags temperature tenant_id thinking tool_choice tools top_k top_logprobs top_p use_chat_completions_api
    use_in_pass_through use_litellm_proxy use_xai_oauth user vertex_credentials vertex_location vertex_project
    watsonx_region_name web_search_options`,
  DESCRIPTIVE: 'metadata litellm_metadata description',
});

export const MODEL_INFO_KEYS = table({
  SUPPORTED:
    'id mode base_model access_groups max_tokens max_input_tokens max_output_tokens litellm_provider',
  PLANNED: `
    access_via_team_ids allowed_fails cooldown_time default_max_tokens disable_background_health_check
    health_check_max_tokens health_check_model health_check_timeout health_check_voice output_vector_size team_id
    team_public_model_name tpm rpm`,
  DESCRIPTIVE: `
    created_at created_by db_model deprecation_date description direct_access metadata model_group source
    supported_endpoints supported_environments supported_modalities supported_openai_params
    supported_output_modalities supported_regions tier updated_at updated_by version`,
});

export const LITELLM_SETTINGS_KEYS = table({
  SUPPORTED: `
    timezone max_budget budget_duration cost_discount_config cost_margin_config
    block_requests_for_models_without_pricing require_auth_for_metrics_endpoint callbacks success_callback
    failure_callback allowed_fails context_window_fallbacks default_fallbacks fallbacks num_retries
    request_timeout default_internal_user_params default_key_generate_params default_team_params
    key_generation_settings max_end_user_budget_id tag_budget_config upperbound_key_generate_params
    extra_spend_tag_headers user_header_name turn_off_message_logging drop_params
    include_cost_in_streaming_usage disable_add_user_agent_to_request_tags`,
  PLANNED: `
    aiohttp_trust_env allowed_openai_params anthropic_prompt_caching_override api_base api_key
    audit_log_callbacks azure_key_vault_client budget_reset_time cache cache_params content_policy_fallbacks
    credential_list custom_prometheus_metadata_labels custom_prometheus_tags custom_provider_map datadog_params
    default_in_memory_ttl default_key_max_budget default_max_internal_user_budget default_redis_ttl
    default_soft_budget default_team_settings default_vertex_config disable_add_transform_inline_image_block
    disable_anthropic_gemini_context_caching_transform disable_copilot_system_to_assistant
    disable_end_user_cost_tracking disable_end_user_cost_tracking_prometheus_only disable_hf_tokenizer_download
    disable_streaming_logging disable_token_counter enable_end_user_cost_tracking_prometheus_only
    enable_json_schema_validation enable_key_alias_format_validation enable_loadbalancing_on_batch_endpoints
    enable_preview_features force_ipv4 global_disable_no_log_param guardrails image_generation_model
    include_call_id_in_error_body internal_user_budget_duration json_logs langfuse_default_tags
    litellm_enable_message_redaction max_end_user_budget max_internal_user_budget max_parallel_requests
    max_ui_session_budget max_user_budget mcp_aliases model_alias_map model_cost_map_url model_group_alias
    modify_params num_retries_per_request otel overwrite_user_with_key_hash post_call_rules pre_call_rules
    priority_reservation priority_reservation_settings prometheus_emit_stream_label
    prometheus_initialize_budget_metrics prometheus_metrics_config public_mcp_servers public_model_groups
    public_model_groups_links redact_messages_in_exceptions redact_user_api_key_info reject_metadata_tags
    return_response_headers s3_callback_params service_callbacks set_verbose ssl_certificate ssl_ecdh_curve
    ssl_security_level ssl_verify store_audit_logs suppress_debug_info telemetry token ui_theme_config
    use_chat_completions_url_for_anthropic_messages use_client user_header_mappings vector_store_registry`,
});

export const GENERAL_SETTINGS_KEYS = table({
  SUPPORTED: `
    master_key database_url alerting alert_types alert_to_webhook_url pass_through_endpoints
    maximum_spend_logs_retention_period user_header_name enforce_user_param reject_clientside_metadata_tags
    store_prompts_in_spend_logs fail_closed_budget_enforcement disable_spend_logs disable_spend_updates
    disable_budget_reservation`,
  PLANNED: `
    admin_only_routes alerting_args alerting_threshold allow_client_side_credentials
    allow_requests_on_db_unavailable allow_user_auth allowed_ips allowed_routes always_include_stream_usage
    auto_redirect_ui_login_to_sso background_health_checks block_robots coding_agent completion_model
    control_plane_url custom_auth custom_auth_run_common_checks custom_key_generate custom_key_update custom_sso
    custom_ui_sso_sign_in_handler database_args database_connection_pool_limit database_connection_timeout
    database_socket_timeout database_type default_team_disabled disable_adding_master_key_hash_to_db
    disable_error_logs disable_master_key_return disable_prisma_schema_update disable_reset_budget
    disable_responses_id_security disable_retry_on_max_parallel_request_limit_error embedding_model
    enable_health_check_routing enable_jwt_auth enable_mcp_registry enable_oauth2_auth enable_oauth2_proxy_auth
    enforce_fallback_budget enforce_rbac enforced_params forward_client_headers_to_llm_api
    forward_llm_provider_auth_headers forward_openai_org_id global_max_parallel_requests
    health_check_concurrency health_check_details health_check_interval health_check_staleness_threshold
    image_generation_model infer_model_from_keys key_management_settings key_management_system litellm_jwtauth
    litellm_key_header_name litellm_license maximum_spend_logs_cleanup_cron
    maximum_spend_logs_retention_interval max_parallel_requests max_request_size_mb max_response_size_mb
    mcp_client_side_auth_header_name mcp_internal_ip_ranges mcp_required_fields mcp_trusted_proxy_ranges
    moderation_model oauth2_config_mappings otel pass_through_request_timeout proxy_batch_polling_interval
    proxy_batch_write_at proxy_budget_rescheduler_max_time proxy_budget_rescheduler_min_time public_routes
    require_end_user_mcp_access_defined role_mappings role_permissions search_tools service_account_settings
    spend_report_frequency store_model_in_db store_prompts_in_cold_storage supported_db_objects
    token_rate_limit_type ui_access_mode ui_logo_path use_azure_key_vault
    use_client_credentials_pass_through_routes use_google_kms use_redis_transaction_buffer
    use_shared_health_check use_spend_logs_partitioning use_x_forwarded_for user_api_key_cache_ttl
    user_header_mappings user_mcp_management_mode`,
});

export const ROUTER_SETTINGS_KEYS = table({
  SUPPORTED: `
    allowed_fails context_window_fallbacks cooldown_time default_fallbacks disable_cooldowns fallbacks max_fallbacks
    num_retries provider_budget_config retry_after routing_strategy stream_timeout timeout`,
  PLANNED: `
    alerting_config allowed_fails_policy assistants_config cache_kwargs cache_responses
    caching_groups client_ttl content_policy_fallbacks debug_level
    default_litellm_params default_max_parallel_requests default_priority deployment_affinity_ttl_seconds
    enable_pre_call_check enable_pre_call_checks enable_tag_filtering enable_weighted_failover
    guardrail_list health_check_ignore_transient_errors ignore_invalid_deployments model_group_affinity_config
    model_group_alias model_group_retry_policy optional_pre_call_checks polling_interval
    redis_db redis_host redis_password redis_port redis_url retry_policy
    router_general_settings routing_groups routing_strategy_args search_tools set_verbose
    tag_filtering_match_any`,
});

/** Words in the names of settings that decide what is charged, who may call or how much. */
const SENSITIVE =
  /budget|limit|cost|pric|key|spend|rpm|tpm|tpd|max_|quota|credit|discount|margin|(?:^|_)rates?(?:_|$)|auth|allow|block|role|public|secret|token|free/;

export function isSensitiveKey(key: string): boolean {
  return SENSITIVE.test(key.toLowerCase());
}

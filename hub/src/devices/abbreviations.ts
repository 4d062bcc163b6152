import { isRecord } from './json.ts';

/** Which table holds: `main` at the root, in a component and in an availability item. */
export type AbbreviationScope = 'main' | 'device' | 'origin';

/** Short and full name in turn. Source: ha-mqtt-discovery section 4. */
const MAIN = `
act_t action_topic act_tpl action_template atype automation_type av_tones available_tones avty availability
avty_mode availability_mode avty_t availability_topic avty_tpl availability_template b_tpl blue_template
bri_cmd_t brightness_command_topic bri_cmd_tpl brightness_command_template bri_scl brightness_scale
bri_stat_t brightness_state_topic bri_tpl brightness_template bri_val_tpl brightness_value_template
clr_temp_cmd_t color_temp_command_topic clr_temp_cmd_tpl color_temp_command_template clr_temp_k color_temp_kelvin
clr_temp_stat_t color_temp_state_topic clr_temp_tpl color_temp_template clr_temp_val_tpl color_temp_value_template
clrm color_mode clrm_stat_t color_mode_state_topic clrm_val_tpl color_mode_value_template
cmd_off_tpl command_off_template cmd_on_tpl command_on_template cmd_t command_topic cmd_tpl command_template
cmps components cod_arm_req code_arm_required cod_dis_req code_disarm_required cod_trig_req code_trigger_required
cont_type content_type def_ent_id default_entity_id dev device dev_cla device_class dsp_prc display_precision
e encoding en enabled_by_default ent_cat entity_category ent_pic entity_picture evt_typ event_types
exp_aft expire_after flsh flash flsh_tlng flash_time_long flsh_tsht flash_time_short frc_upd force_update
fx_cmd_t effect_command_topic fx_cmd_tpl effect_command_template fx_list effect_list fx_stat_t effect_state_topic
fx_tpl effect_template fx_val_tpl effect_value_template g_tpl green_template
hs_cmd_t hs_command_topic hs_cmd_tpl hs_command_template hs_stat_t hs_state_topic hs_val_tpl hs_value_template
ic icon img_e image_encoding img_t image_topic init initial json_attr json_attributes
json_attr_t json_attributes_topic json_attr_tpl json_attributes_template
l_ver_t latest_version_topic l_ver_tpl latest_version_template
lrst_t last_reset_topic lrst_val_tpl last_reset_value_template
max_k max_kelvin min_k min_kelvin max_mirs max_mireds min_mirs min_mireds migr_discvry migrate_discovery
o origin obj_id object_id off_dly off_delay on_cmd_type on_command_type ops options opt optimistic
p platform pl payload pl_arm_away payload_arm_away pl_arm_home payload_arm_home pl_arm_nite payload_arm_night
pl_arm_vacation payload_arm_vacation pl_arm_custom_b payload_arm_custom_bypass
pl_avail payload_available pl_not_avail payload_not_available pl_cls payload_close pl_disarm payload_disarm
pl_home payload_home pl_not_home payload_not_home pl_inst payload_install pl_lock payload_lock pl_unlk payload_unlock
pl_off payload_off pl_on payload_on pl_open payload_open pl_prs payload_press pl_rst payload_reset
pl_stop payload_stop pl_stop_tilt payload_stop_tilt pl_trig payload_trigger
pos reports_position pos_clsd position_closed pos_open position_open pos_t position_topic pos_tpl position_template
set_pos_t set_position_topic set_pos_tpl set_position_template ptrn pattern r_tpl red_template
rel_s release_summary rel_u release_url ret retain
rgb_cmd_t rgb_command_topic rgb_cmd_tpl rgb_command_template rgb_stat_t rgb_state_topic rgb_val_tpl rgb_value_template
rgbw_cmd_t rgbw_command_topic rgbw_cmd_tpl rgbw_command_template
rgbw_stat_t rgbw_state_topic rgbw_val_tpl rgbw_value_template
rgbww_cmd_t rgbww_command_topic rgbww_cmd_tpl rgbww_command_template
rgbww_stat_t rgbww_state_topic rgbww_val_tpl rgbww_value_template
xy_cmd_t xy_command_topic xy_cmd_tpl xy_command_template xy_stat_t xy_state_topic xy_val_tpl xy_value_template
src_type source_type stat_cla state_class stat_clsd state_closed stat_closing state_closing stat_jam state_jammed
stat_locked state_locked stat_locking state_locking stat_off state_off stat_on state_on stat_open state_open
stat_opening state_opening stat_stopped state_stopped stat_unlocked state_unlocked stat_unlocking state_unlocking
stat_t state_topic stat_tpl state_template stat_val_tpl state_value_template stype subtype
sug_dsp_prc suggested_display_precision sup_clrm supported_color_modes sup_dur support_duration
sup_vol support_volume_set sup_feat supported_features t topic
tilt_clsd_val tilt_closed_value tilt_opnd_val tilt_opened_value tilt_cmd_t tilt_command_topic
tilt_cmd_tpl tilt_command_template tilt_max tilt_max tilt_min tilt_min tilt_opt tilt_optimistic
tilt_status_t tilt_status_topic tilt_status_tpl tilt_status_template
tit title trns transition uniq_id unique_id unit_of_meas unit_of_measurement url_t url_topic url_tpl url_template
val_tpl value_template whit_cmd_t white_command_topic whit_scl white_scale`;

const DEVICE = `
cns connections cu configuration_url hw hw_version ids identifiers mdl model mdl_id model_id mf manufacturer
sa suggested_area sn serial_number sw sw_version`;

const ORIGIN = 'sw sw_version url support_url';

function tableOf(words: string): ReadonlyMap<string, string> {
  const [...names] = words.trim().split(/\s+/);
  const table = new Map<string, string>();
  for (let at = 0; at + 1 < names.length; at += 2) table.set(names[at] ?? '', names[at + 1] ?? '');
  return table;
}

/** Short name → full name, by scope. Keys that are in no table keep their name. */
export const ABBREVIATIONS: Readonly<Record<AbbreviationScope, ReadonlyMap<string, string>>> = {
  main: tableOf(MAIN),
  device: tableOf(DEVICE),
  origin: tableOf(ORIGIN),
};

/** Options under their full names. Has no prototype: a key like `constructor` is absent unless announced. */
export type Options = { readonly [key: string]: unknown };

/** The same options under their full names, without a prototype. Of two spellings of one option the later one holds. */
export function expandAbbreviations(options: Options, scope: AbbreviationScope): Options {
  const expanded: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(options)) {
    expanded[ABBREVIATIONS[scope].get(key) ?? key] = value;
  }
  return expanded;
}

/** A message or component with all names in full: its own, those of `device`, `origin` and the availability items. */
export function expandNames(options: Options): Options {
  const expanded: Record<string, unknown> = { __proto__: null, ...expandAbbreviations(options, 'main') };
  for (const scope of ['device', 'origin'] as const) {
    const part = expanded[scope];
    if (isRecord(part)) expanded[scope] = expandAbbreviations(part, scope);
  }
  const { availability } = expanded;
  if (isRecord(availability)) expanded.availability = [expandAbbreviations(availability, 'main')];
  if (Array.isArray(availability)) {
    expanded.availability = availability.map((item: unknown) =>
      isRecord(item) ? expandAbbreviations(item, 'main') : item,
    );
  }
  return expanded;
}

/** The base topic of `~`; null when there is none, or it is no text. */
export function baseTopicOf(options: Options): string | null {
  const base = options['~'];
  return typeof base === 'string' ? base : null;
}

/**
 * Puts the base topic in the place of a `~` at the start or the end of every value whose key ends in `topic`, here and in the
 * availability items; elsewhere a `~` stays. The key `~` itself goes. Names must be expanded before.
 */
export function expandBaseTopic(options: Options, base: string | null): Options {
  const expanded: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(options)) {
    if (key === '~') continue;
    if (key === 'availability' && Array.isArray(value)) {
      expanded[key] = value.map((item: unknown) => (isRecord(item) ? expandBaseTopic(item, base) : item));
    } else expanded[key] = key.endsWith('topic') ? withBase(value, base) : value;
  }
  return expanded;
}

function withBase(value: unknown, base: string | null): unknown {
  if (typeof value !== 'string' || base === null) return value;
  if (value === '~') return base;
  const started = value.startsWith('~') ? base + value.slice(1) : value;
  return value.endsWith('~') ? started.slice(0, -1) + base : started;
}

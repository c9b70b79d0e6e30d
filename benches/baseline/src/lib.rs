//! A bare libyaml event parse: what the figures of the benchmarks are divided by.

use std::mem::MaybeUninit;

use unsafe_libyaml::{
    YAML_STREAM_END_EVENT, yaml_event_delete, yaml_event_t, yaml_parser_delete, yaml_parser_initialize,
    yaml_parser_parse, yaml_parser_set_input_string, yaml_parser_t,
};

/// How many events libyaml finds in `text`. Panics if it finds a fault.
pub fn events(text: &[u8]) -> usize {
    let mut count = 0;
    // SAFETY: the parser is initialised before use and deleted once; `text` outlives it; each event is deleted once.
    unsafe {
        let mut parser = MaybeUninit::<yaml_parser_t>::uninit();
        let parser = parser.as_mut_ptr();
        assert!(yaml_parser_initialize(parser).ok, "libyaml does not start");
        yaml_parser_set_input_string(parser, text.as_ptr(), text.len() as u64);
        loop {
            let mut event = MaybeUninit::<yaml_event_t>::uninit();
            let event = event.as_mut_ptr();
            assert!(yaml_parser_parse(parser, event).ok, "libyaml cannot read this text");
            let kind = (*event).type_;
            yaml_event_delete(event);
            count += 1;
            if kind == YAML_STREAM_END_EVENT {
                break;
            }
        }
        yaml_parser_delete(parser);
    }
    count
}

//! Values that nobody asked for: validated in full, kept nowhere.

use super::{Fault, Scanner};

/// Which of the open containers are objects: one bit a level, the innermost lowest. 128 bits are all levels there are.
#[derive(Default)]
struct Open {
    is_object: u128,
    n_levels: u32,
}

impl Open {
    const fn push(&mut self, is_object: bool) {
        self.is_object = self.is_object << 1 | is_object as u128;
        self.n_levels += 1;
    }

    const fn pop(&mut self) {
        self.is_object >>= 1;
        self.n_levels -= 1;
    }

    const fn closing(&self) -> u8 {
        if self.is_object & 1 == 1 { b'}' } else { b']' }
    }
}

impl Scanner<'_> {
    /// Takes one value of any form. A loop, not a recursion: hostile nesting cannot exhaust the stack.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        let mut open = Open::default();
        self.space();
        loop {
            if !self.begin(&mut open)? && !self.finish(&mut open)? {
                return Ok(());
            }
        }
    }

    /// Takes a scalar or an empty container (`false`), or goes into a container up to its first value (`true`).
    fn begin(&mut self, open: &mut Open) -> Result<bool, Fault> {
        let byte = self.peek();
        match byte {
            b'"' => self.string().map(|_| false),
            b'{' | b'[' => {
                self.open()?;
                open.push(byte == b'{');
                if !self.first(open.closing()) {
                    open.pop();
                    return Ok(false);
                }
                self.key_of(open).map(|()| true)
            }
            b'-' | b'0'..=b'9' => self.number().map(|_| false),
            _ => self.literal().map(|()| false),
        }
    }

    /// After a value: goes to the next one (`true`), or closes all containers that end here (`false`).
    fn finish(&mut self, open: &mut Open) -> Result<bool, Fault> {
        while open.n_levels > 0 {
            if self.another(open.closing())? {
                return self.key_of(open).map(|()| true);
            }
            open.pop();
        }
        Ok(false)
    }

    fn key_of(&mut self, open: &Open) -> Result<(), Fault> {
        if open.closing() == b'}' {
            self.key()?;
        }
        Ok(())
    }
}

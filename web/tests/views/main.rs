//! What is drawn, as HTML text: the state goes in, the page comes out, without a browser.

#[cfg(test)]
mod cards;
#[cfg(test)]
mod charts;
#[cfg(test)]
mod drawers;
#[cfg(test)]
mod fields;
#[cfg(test)]
mod first;
mod gather;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod hindered;
#[cfg(test)]
mod literals;
#[cfg(test)]
mod looks;
mod queries;
#[cfg(test)]
mod renewal;
#[cfg(test)]
mod roots;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod styles;
#[cfg(test)]
mod tables;

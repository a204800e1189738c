use crate::{
    Act, Read, StoreFault, Tx, Vault, hex,
    keys::{Keys, mac},
};
use chrono::SecondsFormat;
use gb_model::{Id, JournalRow};
use hmac::Mac;
use rusqlite::{Row, params};
use sha2::{Digest, Sha256};

type Hash = [u8; 32];

/// A row of the journal noted somewhere else: printed on a letter, a pack or a backup. Only this shows that a
/// whole vault was put back to an earlier day, or its history written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The row's number.
    pub seq: i64,
    /// Its hash in hex, whole or the first sixteen digits and more.
    pub hash: String,
}

/// A journal that holds: every row is as it was written and none is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalProof {
    /// How many rows were verified.
    pub rows: i64,
    /// The hash of the last one, in hex; of none, where nothing has been done yet.
    pub head: String,
}

/// Where a journal stops holding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "The journal does not hold from row {seq} on: {why}. The rows before it are as they were written. Keep a \
     copy of the whole folder as it is, and compare with the latest backup."
)]
pub struct JournalBreak {
    /// The first row that does not hold.
    pub seq: i64,
    /// What is wrong with it.
    pub why: &'static str,
}

/// What a row's hash is made over, and where it is compared.
struct Entry<'a> {
    seq: i64,
    at: &'a str,
    actor: &'a str,
    action: &'a str,
    request: Option<Id>,
    touched: &'a str,
}

impl Entry<'_> {
    // Every field with its length before it, so that no two rows read as the same bytes.
    fn hash(&self, before: &Hash) -> Hash {
        let mut hash = Sha256::new();
        hash.update(b"guardbook/journal/v1\0");
        hash.update(before);
        hash.update(self.seq.to_be_bytes());
        hash.update([u8::from(self.request.is_some())]);
        hash.update(self.request.unwrap_or(0).to_be_bytes());
        for text in [self.at, self.actor, self.action, self.touched] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().into()
    }
}

fn row_mac(keys: &Keys, hash: &Hash) -> hmac::Hmac<Sha256> {
    mac(&keys.journal, &[b"row", hash])
}

fn head_mac(keys: &Keys, seq: i64, hash: &Hash) -> hmac::Hmac<Sha256> {
    mac(&keys.journal, &[b"head", &seq.to_be_bytes(), hash])
}

/// What the first row follows: nothing, of this vault.
fn beginning(keys: &Keys) -> Hash {
    Sha256::new().chain_update(b"guardbook/journal/v1/beginning").chain_update(keys.vault).finalize().into()
}

/// Appends the one row of an act.
pub(crate) fn append(tx: &mut Tx<'_>, act: &Act<'_>) -> Result<(), StoreFault> {
    let (last, before) = tx.head()?.unwrap_or((0, beginning(tx.keys)));
    let at = act.at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let touched = tx.touched_text();
    let request = tx.request;
    let entry =
        Entry { seq: last + 1, at: &at, actor: act.actor, action: act.action, request, touched: &touched };
    let hash = entry.hash(&before);
    let sealed = row_mac(tx.keys, &hash).finalize().into_bytes();
    let head = head_mac(tx.keys, entry.seq, &hash).finalize().into_bytes();
    tx.write(
        "INSERT INTO journal (seq, at, actor, action, request, touched, hash, mac)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![entry.seq, at, act.actor, act.action, request, touched, hash, sealed.as_slice()],
    )?;
    tx.write(
        "INSERT OR REPLACE INTO journal_head (only, seq, hash, mac) VALUES (1, ?1, ?2, ?3)",
        params![entry.seq, hash, head.as_slice()],
    )?;
    Ok(())
}

impl Vault {
    /// Verifies the whole journal: the chain, the seal of each row, and that none was taken off its end.
    pub fn verify_journal(&self) -> Result<JournalProof, JournalBreak> {
        self.verify_journal_against(&[])
    }

    /// Verifies the whole journal, and that it goes through every anchor.
    pub fn verify_journal_against(&self, anchors: &[Anchor]) -> Result<JournalProof, JournalBreak> {
        self.read().verify(anchors)
    }
}

impl Read<'_> {
    /// The last row, to be printed where nobody who holds the vault can change it. None before the first act.
    pub fn journal_anchor(&self) -> Result<Option<Anchor>, StoreFault> {
        Ok(self.head()?.map(|(seq, hash)| Anchor { seq, hash: hex::encode(&hash) }))
    }

    /// The whole journal, oldest first.
    pub fn journal(&self) -> Result<Vec<JournalRow>, StoreFault> {
        self.list("SELECT * FROM journal ORDER BY seq", [], journal_row)
    }

    /// The journal of one request, oldest first.
    pub fn journal_of(&self, request: Id) -> Result<Vec<JournalRow>, StoreFault> {
        self.list("SELECT * FROM journal WHERE request = ?1 ORDER BY seq", [request], journal_row)
    }

    /// A page of the journal, newest first: up to `most` rows before row `before`, or the newest.
    pub fn journal_page(&self, before: Option<i64>, most: u32) -> Result<Vec<JournalRow>, StoreFault> {
        let question = "SELECT * FROM journal WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";
        self.list(question, params![before.unwrap_or(i64::MAX), most], journal_row)
    }

    fn head(&self) -> Result<Option<(i64, Hash)>, StoreFault> {
        self.find("SELECT seq, hash FROM journal_head", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn verify(&self, anchors: &[Anchor]) -> Result<JournalProof, JournalBreak> {
        let mut reached = (0, beginning(self.keys));
        let unreadable = |seq: i64| {
            move |_: rusqlite::Error| JournalBreak { seq: seq + 1, why: "the database does not give the row" }
        };
        let question = "SELECT seq, at, actor, action, request, touched, hash, mac FROM journal ORDER BY seq";
        let mut statement = self.database.prepare_cached(question).map_err(unreadable(0))?;
        let mut rows = statement.query([]).map_err(unreadable(0))?;
        while let Some(row) = rows.next().map_err(unreadable(reached.0))? {
            let seq = reached.0 + 1;
            let hash = self.verify_row(row, seq, &reached.1).map_err(unreadable(reached.0))?;
            reached = (seq, hash.map_err(|why| JournalBreak { seq, why })?);
            if anchors.iter().any(|anchor| anchor.seq == seq && !anchor.is(&reached.1)) {
                return Err(JournalBreak { seq, why: "it is not the row that was printed" });
            }
        }
        if anchors.iter().any(|anchor| anchor.seq > reached.0) {
            return Err(JournalBreak { seq: reached.0 + 1, why: "a row that was printed is not there" });
        }
        self.verify_head(reached).map_err(|why| JournalBreak { seq: reached.0 + 1, why })?;
        Ok(JournalProof { rows: reached.0, head: hex::encode(&reached.1) })
    }

    fn verify_row(
        &self,
        row: &Row<'_>,
        expected: i64,
        before: &Hash,
    ) -> rusqlite::Result<Result<Hash, &'static str>> {
        let text = |column: usize| -> rusqlite::Result<&str> { Ok(row.get_ref(column)?.as_str()?) };
        let entry = Entry {
            seq: row.get(0)?,
            at: text(1)?,
            actor: text(2)?,
            action: text(3)?,
            request: row.get(4)?,
            touched: text(5)?,
        };
        let hash = entry.hash(before);
        let sealed = row_mac(self.keys, &hash).verify_slice(row.get_ref(7)?.as_blob()?).is_ok();
        Ok(match (entry.seq == expected, hash == row.get::<_, Hash>(6)?, sealed) {
            (false, ..) => Err("a row is missing"),
            (_, false, _) => Err("it does not follow from the row before it, or was changed"),
            (.., false) => Err("its seal was not made by this vault"),
            (true, true, true) => Ok(hash),
        })
    }

    fn verify_head(&self, reached: (i64, Hash)) -> Result<(), &'static str> {
        let question = "SELECT seq, hash, mac FROM journal_head";
        let found = self.find(question, [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Hash>(1)?, row.get::<_, Vec<u8>>(2)?))
        });
        match found.map_err(|_| "the database does not give the note of the last row")? {
            None if reached.0 == 0 => Ok(()),
            None => Err("the note of the last row is missing"),
            Some((seq, hash, seal)) if head_mac(self.keys, seq, &hash).verify_slice(&seal).is_ok() => {
                if (seq, hash) == reached { Ok(()) } else { Err("rows were taken off or put on the end") }
            }
            Some(_) => Err("the note of the last row was not sealed by this vault"),
        }
    }
}

impl Anchor {
    fn is(&self, hash: &Hash) -> bool {
        let printed = self.hash.trim().to_ascii_lowercase();
        printed.len() >= 16 && hex::encode(hash).starts_with(&printed)
    }
}

fn journal_row(row: &Row<'_>) -> rusqlite::Result<JournalRow> {
    Ok(JournalRow {
        seq: row.get("seq")?,
        at: row.get("at")?,
        actor: row.get("actor")?,
        action: row.get("action")?,
        request: row.get("request")?,
        touched: row.get("touched")?,
        hash: hex::encode(&row.get::<_, Hash>("hash")?),
    })
}
